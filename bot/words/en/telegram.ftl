# What the Telegram bot says, beside the cards.
telegram-language-name = English
telegram-share = Send to a chat
telegram-surprise = 🎲 Surprise me
telegram-more = More ({ $page } of { $pages })
telegram-back = Back
telegram-keep = Keep it
telegram-delete-yes = Delete it
telegram-forget-yes = Erase everything

telegram-welcome = Welcome to { $event }! Send me a selfie, choose a style, and get your picture back in this chat.
telegram-welcome-style = Welcome to { $event }! Send me a selfie; { $style } is the first style on your list.
telegram-help =
    Send me a photo, also as a file or as an album. Then choose a style.
    A style's name under your photo chooses it at once.

    /styles shows all styles
    /mine shows your pictures
    /quality sends your picture as a file
    /frame off makes pictures without the frame
    /cancel stops the picture that is under way
    /language changes the language
    /privacy says what is kept, and how long
    /forget erases everything about you
telegram-help-group =
    In this group I answer who asks me. Send a photo with /style comic under it, or reply /style to any photo.
    The picture comes as a reply. Its buttons belong to whoever asked for it.
telegram-privacy =
    Only you get your pictures; others see one only after you press Share under it, and Unshare takes it down everywhere.{ $sharing } Your photo is used for them and for nothing else: it is erased after { $photos }, and the pictures on our side after { $pictures }. What is in this chat stays here until you delete it.
    /forget erases everything at once.
telegram-notice = Your photo is painted here at the booth, only you get the picture, and I erase the photo after { $photos } and the picture after { $pictures }. More: /privacy
telegram-notice-group = Your photo is painted here at the booth, the picture stays in this group unless you share it, and I erase my copy of the photo after { $photos } and of the picture after { $pictures }. More: /privacy, in private
telegram-styles = All styles. Send me a photo to begin.
telegram-preferred = Good. Now send me a photo: { $style } is the first style on your list.
telegram-mine-none = There is no picture of yours here. Send me a photo to make one.
telegram-cancel-none = There is nothing under way.
telegram-cancelled = Cancelled.
telegram-quality-none = There is no finished picture here. Send me a photo to make one.
telegram-frame-on = Your pictures get a frame with event and code. /frame off leaves it away, from the next picture on.
telegram-frame-off = Your pictures come without a frame, from the next one on. /frame on brings it back.
telegram-language = Which language shall I speak?
telegram-language-set = I speak English now.
telegram-forget-ask = Shall I erase everything about you: photos, pictures, also unfinished ones? Save first what you want to keep.
telegram-forget-kept = Nothing was erased.
telegram-forgotten = { $number ->
    [0] Done. Nothing about you is kept here.
    [one] Done. I have erased everything about you: one entry with its photo and its picture.
   *[other] Done. I have erased everything about you: { $number } entries with their photos and pictures.
}
telegram-forgotten-shares = { $number ->
    [one] The picture that you shared is off the wall.
   *[other] The { $number } pictures that you shared are off the wall.
}
telegram-forgotten-messages = Still to come: { $number ->
    [one] one message with your picture is being taken back; I tell you if that can't be done.
   *[other] { $number } messages with your pictures are being taken back; I tell you if that can't be done.
}
telegram-forgotten-copies = Still to come: { $number ->
    [one] one copy lies on a server that is out of reach just now; it is erased
   *[other] { $number } copies lie on a server that is out of reach just now; they are erased
} as soon as it is back.
telegram-deleted = Deleted for good.
telegram-not-yours = This picture belongs to somebody else. Send me your own photo, or reply /style to one.
telegram-gone = This picture is no longer here. Please send your photo again.
telegram-one-moment = One moment …

telegram-send-text = I make pictures out of photos. Please send me a photo.
telegram-send-sticker = A sticker is no photo. Please send me a photo.
telegram-send-moving = I can't paint anything that moves. Please send me a photo.
telegram-send-sound = I have no ears, only eyes. Please send me a photo.
telegram-send-file = This kind of file is no picture I can read. Please send a photo: JPEG, PNG, WebP, HEIC, AVIF or GIF.
telegram-send-other = Please send me a photo.
telegram-no-rights = I may not send pictures in this group. Please let an admin allow it; your photo waits. Or write to me directly.
telegram-form-in-private = I ask my questions in private only: please write to me directly.
telegram-inline-none = No picture yet: make one
telegram-file-caption = { $style }, in full quality

telegram-about-short = A photo booth: send a selfie, choose a style, get your picture back.
telegram-about =
    Send a selfie, choose a style, and get your picture back in seconds.
    Only you see it, and it is erased by itself. /privacy says more.
telegram-command-start = Begin
telegram-command-style = A picture of the photo you reply to
telegram-command-styles = All styles
telegram-command-mine = Your pictures
telegram-command-quality = Your picture as a file
telegram-command-frame = Pictures with or without the frame
telegram-command-groupstyle = One style for everybody, for ten minutes
telegram-command-collage = A collage of this chat's last hour
telegram-command-cancel = Stop the picture under way
telegram-command-language = Change the language
telegram-command-privacy = What is kept, and how long
telegram-command-forget = Erase everything about you
telegram-command-help = How it works

# Where requests are counted, one status has to stay true until the picture comes.
telegram-once-soon = Your photo is in good hands. In a moment this message becomes your picture.
telegram-once-away = Your photo is safe. This style's painter is away just now; it goes on by itself, and this message becomes your picture.
telegram-once-later = Many pictures are wished for just now. This message becomes yours; expected: { $when }
telegram-in-minutes = { $minutes ->
    [one] in about one minute
   *[other] in about { $minutes } minutes
}
telegram-maybe-lost = What I sent may have got lost on its way. If it isn't here, please send { $again } once more.
telegram-keepsake-lost = It may have got lost on its way. Please press again if it isn't here.
telegram-your-own = 📸 Make your own

# Sharing
telegram-report = ⚑ Report
telegram-reported = Thank you. Somebody of the booth will look at it.
telegram-groupstyle-on = For { $minutes } minutes I restyle every photo that is sent to this group and that I can see: here, for all of you, it becomes { $style }. If you don't want that, write “no” under your photo, or press Delete under its picture: then I leave your photos alone. If I don't see yours, send it as an answer to this message, or with /style under it. “/groupstyle off” ends it.
telegram-groupstyle-off = From now on everybody chooses again.
telegram-groupstyle-now = Just now every photo here that I can see becomes { $style }. With “no” under it I leave it alone. “/groupstyle off” ends it.
telegram-groupstyle-how = Write “/groupstyle comic”, and for ten minutes every photo here that I can see takes that style. /styles shows all.
telegram-collage = This chat's last hour
telegram-taken-back = This picture has been taken back.
