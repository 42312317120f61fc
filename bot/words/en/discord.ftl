# What the Discord bot says, beside the cards.
discord-waiting = { $position ->
    [1] You are next. Expected { $when }.
   *[other] You are number { $position } in the line. Expected { $when }.
}
discord-rendering = Painting your picture … Expected { $when }.
discord-one-moment = One moment …
discord-notice = Your photo is painted here at the booth, the picture is seen only where you asked for it unless you share it, and I erase my copy of the photo after { $photos } and of the picture after { $pictures }. More: /privacy

discord-pick = Pick a style
discord-surprise = Surprise me
discord-more = More ({ $page } of { $pages })
discord-recent = You used it lately
discord-away = Pauses just now; your photo waits safely
discord-alt-result = Your picture: { $style }
discord-alt-preview = Your picture, half painted
discord-alt-styles = These styles: { $names }
discord-choose-other = Which style shall it be this time?

discord-delete-ask = Delete this picture for good?
discord-delete-yes = Delete it
discord-keep = Keep it
discord-kept = Nothing was deleted.
discord-deleted = Deleted for good.
discord-deleted-there = Deleted for good. The message above is still there: I may not delete it here.
discord-not-yours = This picture belongs to somebody else. Make yours: use /stylize with a photo of your own.
discord-make-yours = This picture belongs to somebody else. Make yours from the photo you sent last: pick a style. Or use /stylize with another one.
discord-gone = This picture is no longer here. Please send your photo again.

discord-help =
    Send me a photo in a direct message, or name me beside it in a server. Or use /stylize with a photo and a style. Then your picture comes as an answer.
    A right-click on a message with a picture also works: Apps, Stylize this.

    `/styles` shows all styles
    `/mine` shows your pictures
    `/frame` makes pictures with or without the frame
    `/cancel` stops the picture that is under way
    `/privacy` says what is kept, and how long
    `/forget` erases everything about you
discord-privacy =
    Your photo is used for your picture and for nothing else: it is erased after { $photos }, and the pictures on our side after { $pictures }. What stands in a channel is seen by who is there; on the wall and in other channels others see a picture only after the person in it has pressed Share, and Unshare takes it down everywhere.{ $sharing }
    `/forget` erases everything at once.
discord-styles = **All styles.** Use /stylize with a photo, or send me one.
discord-styles-page = Page { $page } of { $pages }
discord-mine = Your pictures, the newest first. They are here for { $pictures }.
discord-mine-none = There is no picture of yours here. Send me a photo to make one.
discord-keepsake-ask = What would you like of this picture? Only you see it.
discord-frame-on = Your pictures get a frame with event and code.
discord-frame-off = Your pictures come without a frame, from the next one on.
discord-frame-set-on = With frame
discord-frame-set-off = Without frame
discord-cancel-none = There is nothing under way here.
discord-cancelled = Cancelled.
discord-forget-ask = Shall I erase everything about you: photos, pictures, also unfinished ones? Save first what you want to keep.
discord-forget-yes = Erase everything
discord-forget-kept = Nothing was erased.
discord-forgotten = { $number ->
    [0] Done. Nothing about you is kept here.
    [one] Done. I have erased everything about you: one entry with its photo and its picture.
   *[other] Done. I have erased everything about you: { $number } entries with their photos and pictures.
}
discord-forgotten-shares = { $number ->
    [one] The picture that you shared is off the wall.
   *[other] The { $number } pictures that you shared are off the wall.
}
discord-forgotten-messages = Still to come: { $number ->
    [one] one message with your picture is being taken back; I tell you if that can't be done.
   *[other] { $number } messages with your pictures are being taken back; I tell you if that can't be done.
}
discord-forgotten-copies = Still to come: { $number ->
    [one] one copy lies on a server that is out of reach just now; it is erased
   *[other] { $number } copies lie on a server that is out of reach just now; they are erased
} as soon as it is back.

discord-send-text = I make pictures out of photos. Please send me a photo.
discord-send-sticker = A sticker is no photo. Please send me a photo.
discord-send-moving = I can't paint anything that moves. Please send me a photo.
discord-send-sound = I have no ears, only eyes. Please send me a photo.
discord-send-file = This kind of file is no picture I can read. Please send a photo: JPEG, PNG, WebP, HEIC, AVIF or GIF.
discord-send-message = There is no picture in this message. Please choose one that has a photo.

discord-by-direct-message = Here is your picture. Discord didn't let me write any more where you asked for it.
discord-late = This takes longer than Discord lets me write here. Your picture comes as a direct message; if you don't take any, it waits under /mine.
discord-no-permission = I may not show your picture here. I need this permission in the channel: { $permissions }. Please let somebody who looks after the server grant it; your picture waits meanwhile, also under /mine.
discord-permission-view = View Channel
discord-permission-send = Send Messages
discord-permission-threads = Send Messages in Threads
discord-permission-attach = Attach Files
discord-permission-embed = Embed Links
discord-permission-history = Read Message History

# Sharing
discord-button-yours = Make yours
discord-button-report = Report
discord-reported = Thank you. Somebody of the booth will look at it.
discord-yours = Make yours: use /stylize with a photo of your own, or send me one in a direct message.
discord-yours-in = Make yours: use /stylize with a photo of your own, or send me one in a direct message. Then choose “{ $style }”.
discord-make-this = Make yours from the photo you sent last: pick a style. Or use /stylize with another one.
discord-taken-back = This picture has been taken back.

# Group moments
discord-groupstyle-on = For { $minutes } minutes all photos here that name no style become { $style }. Send yours with /stylize, or name me beside it.
discord-groupstyle-off = From now on everybody chooses again.
discord-groupstyle-how = Choose a style with /groupstyle, and for ten minutes all photos here take it.
discord-collage = This channel's last hour
