# The guest page, in the order in which a guest meets it.
page-title = { $event }: become the picture
page-heading = Become the picture.
page-lead = Your phone is the photo booth.
page-no-script = This page needs JavaScript to take your photo. Please allow it for this address, or ask at the booth.
page-fan = Three portraits, each painted in another style

page-photo-heading = Your photo
page-take = Take a photo
page-choose = Choose a picture
page-sample = Try it with our astronaut
page-promise = The booth paints it right here, and only you see it. Your photo is erased after { $photos }, the picture after { $pictures }.
page-drop = You can also drop a picture here, or paste one.
page-another-photo = Another photo

page-styles-heading = Pick a style
page-surprise = Surprise me
page-go = Make my picture
page-cancel = Cancel

page-picture-heading = Your picture
page-hang-heading = Share it with everybody here?
page-hang-name = Your name beside it, if you like
page-hang = Share on the wall
page-hang-rename = Show this name
page-unhang = Unshare
page-hang-gallery = Open the gallery
page-share = Send
page-keep = Save
page-keepsakes = Keepsakes
page-frame = Frame with event and code on my next pictures
page-again = Again
page-other-style = Other style
page-new-photo = New photo
page-delete = Delete
page-earlier-heading = Your pictures so far
page-earlier-note = Open one to save it or to delete it. Closing this tab clears the list.

page-privacy-heading = It's your face
page-privacy = Your photo is used for your pictures and for nothing else, on the booth's own machines. It is erased by itself after { $photos }, the pictures after { $pictures }.
page-privacy-sharing = Only you can see your pictures. One that you share hangs on the wall beside the booth, in its gallery and in its chats; “Unshare” takes it down everywhere.{ $sharing }
page-language = Deutsch
page-other-language = de
page-forget = Forget me now
page-forget-heading = Forget you?
page-forget-text = All your photos and pictures here are erased for good, unfinished and shared ones too. Save first what you want to keep.
page-forget-yes = Erase everything
page-delete-heading = Delete this picture?
page-delete-text = It is erased for good. You can't get it back.
page-delete-yes = Delete it
page-keep-it = Keep it
page-close = Close

page-camera-heading = Look here
page-camera-shoot = Take the photo
page-camera-flip = Other camera

# What the page's script says (no placeholders).
page-say-ready = Your photo is ready. Now pick a style.
page-say-pick-style = Pick a style first
page-say-preparing = Getting your photo ready …
page-say-sending = Sending your photo …
page-say-sent = Sent. Waiting for the booth …
page-say-retrying = The connection is slow or gone. I keep trying by myself; nothing is lost, and nothing is sent twice.
page-say-trying = I keep trying by myself.
page-say-offline = You are offline. I send it as soon as you are back.
page-say-reconnecting = The connection dropped. Your picture is safe; I am reconnecting …
page-say-fetching = Fetching your picture …
page-say-done = Your picture is ready!
page-say-keepsake-coming = Making it …
page-say-cancelled = Cancelled. Your photo is not being used.
page-say-deleted = Deleted for good.
page-say-gone = This picture is no longer here. It was erased.
page-say-failed = Something went wrong on the way. Please try again.
page-say-not-a-picture = That is no picture. Please choose a photo.
page-say-too-large = This file is too large. Please choose a smaller photo.
page-say-camera-blocked = The camera is not available here. Choose a picture instead, or allow the camera for this page.
page-say-camera-waiting = Starting the camera …
page-say-away = pauses; your photo waits safely
page-say-ai = AI
page-say-forgetting = Erasing …
page-say-forget-failed = I can't reach the booth, so I don't know whether everything is erased. Please try again.
page-say-forgotten = Done. Everything about you is erased:
page-say-forgotten-nothing = Done. Nothing about you is kept here.
page-say-pending = Erased as soon as the server is within reach again:
page-say-kind-photos = Photos
page-say-kind-pictures = Pictures
page-say-kind-jobs = Entries
page-say-kind-shares = Shared pictures
page-say-kind-telegram = Messages on Telegram
page-say-kind-discord = Messages on Discord
page-say-kind-comfy = Copies on the painting machine
page-say-hang-none = Only you see this picture.
page-say-hang-shown = It is on the wall now, for everybody to see. “Unshare” takes it down everywhere.
page-say-hang-held = It comes onto the wall as soon as somebody of the booth has looked at it.
page-say-hang-held-named = It comes onto the wall with your name as soon as somebody of the booth has looked at both.
page-say-nameless = There is nothing in this name that can be shown, so your picture stands without it.
page-say-hang-hidden = Somebody of the booth has taken it off the wall. It is still yours.
page-say-open = Open your picture
page-say-picture-of-you = Your picture in the style
page-say-tab-ready = ✓ Your picture is ready

# An address that leads nowhere, as a page.
page-missing-heading = There is nothing here.
page-missing = Perhaps the address was mistyped, or the person in the picture has taken it back.
page-refused-heading = That didn't work.

# What HTTP refuses.
page-problem-not-found = There is nothing at this address. The booth is at the start page.
page-problem-method = That is not possible at this address.
page-problem-form = I could not read what was sent. Please send one photo and one style.
page-problem-name = I could not read the name. Please type a shorter one.
page-problem-no-photo = The photo is missing. Please choose one and send it again.
page-problem-no-style = The style is missing. Please pick one and send it again.
page-problem-key = The Idempotency-Key must be 16 to 64 letters, digits, “-” or “_”.
page-problem-kind = There is no such keepsake. Please ask for card, loop or plain.
page-problem-origin = This came from another page. Please use the booth's own page.
page-problem-host = This is not an address of the booth. If it is yours, and shall lead here, set PETAFLOP_PUBLIC_URL to it.
page-problem-stalled = The upload stopped half-way. Please try again where the connection is better.
page-problem-crowded = Many photos arrive at once just now. Please try again in a few seconds.
page-problem-address-limit = Too many photos from this network within a minute. Please wait a moment.
page-problem-watchers = This picture is open in many tabs already. Please close some.
