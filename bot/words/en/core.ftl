# What a job's card says. The guest is "you"; short, warm, honest.
card-choosing = Got it. Which style would you like?
card-waiting = { $position ->
    [1] You are next. About { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } to your picture.
   *[other] You are number { $position } in the line. About { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } to your picture.
}
card-away = Your photo is safe, and you are number { $position } in the line. This style's painter is away just now; it goes on by itself as soon as it is back.
card-rendering = Painting your picture …
card-done = Here you are: { $style }.
card-nudge = Your picture is ready, right above.
card-cancelled = Cancelled. Your photo is not being used.
card-failed-crashed = I am sorry: this picture did not work out, twice. Try another style, your photo is still here.
card-failed-style-broken = I am sorry: this style can't be painted at the moment. Please choose another one.
card-failed-photo-lost = I am sorry: your photo was erased before I could paint it. Please send it again.

button-cancel = Cancel
button-again = Again
button-other-style = Other style
button-keepsake = Keepsake
button-delete = Delete

# What went wrong, and what to do next.
photo-not-a-picture = That is no picture I can read. Please send a photo as JPEG, PNG, WebP, HEIC, AVIF or GIF.
photo-damaged = This picture is damaged or incomplete. Please send it again, or take a new one.
photo-takes-too-long = This picture takes too long to read. Please send it as a plain JPEG, or take a new one.
photo-too-many-bytes = This file is too large: { $limit_mib } MiB is the most I can take. Please send a smaller one.
photo-too-many-pixels = This picture has too many pixels: { $limit_mp } megapixels is the most I can take. Please send a smaller one.
photo-too-small = This picture is too small: each side needs at least { $limit_px } pixels. Please send a larger one.
photo-odd-shape = This picture is too long and narrow. Please crop it, so that its long side is at most { $limit } times the short one.
photo-out-of-reach = I could not get this photo from the chat. Please send it again.
style-unknown = There is no such style here. Please choose one from the list.
job-unknown = This picture is not here: it was erased, or it is not yours.
keepsake-photo-erased = Your photo is erased already, and this needs it. Send it again to make a new one; the picture itself is still here.
job-not-possible-now = That is not possible at this moment. Please look at the picture's state and try again.
limit-guest = { $limit ->
    [one] You have one unfinished picture already. It is done in a moment; then send the next.
   *[other] You have { $limit } unfinished pictures already. They are done in a moment; then send the next.
}
line-full = The line is full just now. Please try again in a few minutes.
storage-full = There is no room for another photo just now. Please try again in a few minutes.
store-away = I can't reach my memory just now. Please try again in a moment.
error-unexpected = Something went wrong on my side. Please try again in a moment.

# On keepsakes.
keepsake-card = Before and after
keepsake-loop = In motion
keepsake-plain = Without frame
keepsake-before = Before

# The line under a picture.
frame-note-filter = instant filter, no AI model
frame-note-graph = ComfyUI, no AI model
frame-note-model = made with an AI model

# How long something lasts.
span-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
span-minutes = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}

# What is true of shared pictures by the owner's settings; follows a sentence.
terms-sharing = { $span ->
    [none] {""}
   *[other] {" "}A shared picture comes down by itself after { $span }.
}{ $gallery ->
    [open] {" "}The gallery of shared pictures can be seen from the internet as well.
   *[room] {""}
}

# Sharing

button-share = Share
button-unshare = Unshare
button-name = With my name
button-unname = Without my name
card-share-shown = It is on the wall now, for everybody to see. “Unshare” takes it down everywhere.
card-share-held = It comes onto the wall as soon as somebody of the booth has looked at it.
card-share-held-named = It comes onto the wall with your name as soon as somebody of the booth has looked at both.
card-share-hidden = Somebody of the booth has taken it off the wall. It is still yours.
job-not-your-photo = Only the person in this picture can share it.
feed-opening = One moment: a picture is coming …
feed-plain = { $style }
feed-named = { $style } · { $name }
recall-refused = One message with your picture can't be taken back: its platform refuses to delete or change it. Please ask somebody in that chat to delete it.
told-shared = It is on the wall now. You can take it back at any time.
told-unshared = Taken back. In a moment it is gone everywhere.
told-named = Your name stands beside it now.
told-no-name = There is nothing in your name that can be shown, so your picture stands without it.
told-unnamed = In a moment your name is gone everywhere.
told-share-erased = A picture of you that you had shared is off the wall: who had asked for it has erased it.

# Group moments

collage-note = { $number ->
    [one] One picture of this hour
   *[other] { $number } pictures of this hour
}
collage-too-few = For a collage I need at least two pictures that were made in this chat within the last hour. Send some photos first.
collage-soon = This chat has just had a collage. Try again in a minute.
collage-not-now = The collage did not work out. Please try again.
