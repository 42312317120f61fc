# What guests read while a maintainer holds the booth.
booth-paused = { $given ->
    [yes] { $words }
   *[no] The booth takes a short break. Please send your photo again in a few minutes.
}
booth-closing = The booth is about to close and takes no more photos. Pictures that are under way will still arrive.
guest-banned = The people who run this booth have asked me to take no more photos from you. If you think that is a mistake, please talk to them.

# Test renders.
card-trial = Draft “{ $style }”: the photo and what became of it. Shall guests have it?
trial-before = before
trial-after = after
button-publish = Publish
button-adjust = Adjust
button-drop = Drop

# What was wrong with a command, and what to do.
slip-unknown-command = I don't know this command. Just send me a photo.
slip-wrong-code = This code is not open: it is wrong, was used, or is older than an hour. The owner gets a new one with “petaflop claim-code”.
slip-no-such-guest = I can't do that with this person. Answer one of their messages, or give their number, and not a maintainer's.
slip-last-maintainer = This is the only maintainer. Add another one first.
slip-set-by-owner = This maintainer stands in the owner's settings. Only the owner can remove them there.
slip-unknown-draft = This draft is not open any more: it was published, dropped or changed. Look at your drafts.
slip-no-such-style = There is no style of this name. Look at the list of styles for its short name.
slip-no-such-version = There is no such version of this style. Its latest one is { $latest }.
slip-style-exists = There is a style “{ $style }” already. Edit it, or choose another name.
slip-wrong-field = { $field ->
    [name] This can't be a name: give one to forty characters.
    [emoji] This is not one emoji. Send a single one.
    [prompt] These words can't be used: give one to two thousand characters.
    [strength] Strength is one of subtle, medium and strong.
    [steps] Steps are a whole number from 1 to 100.
    [graph] There is no base graph of this name. Choose one from the list.
    [since] I could not read these moments. Write them like 2026-11-24 09:00, 09:00, +2h or now; a dash leaves one open.
    [until] The end is a moment like 2026-11-24 18:00 or +2h, after the beginning; a dash leaves it open.
    [limit] The limit is a whole number from 0 to 100.
    [hold] Write “/hold on” or “/hold off”.
    [words] Please give one to five hundred characters.
   *[other] “{ $field }” can't be that. Please choose something else.
}
slip-wrong-line = I could not read “{ $part }”. Write it like this: wizard 🧙 "an old wizard in a study" strength=medium graph=flux
slip-untested = This draft was not rendered yet as it is now. Try it out first.
slip-no-photo = I have no photo of yours. Send me one, then try again.
slip-not-drawable = { $number ->
    [one] No server can draw this as it is. Here is why:
   *[other] No server can draw this as it is, for { $number } reasons:
}
slip-unusable-workflow = { $number ->
    [one] I can't use this workflow. Here is why:
   *[other] I can't use this workflow, for { $number } reasons:
}
slip-unusable-set = { $number ->
    [one] I have taken nothing of this file. Something in it can't be used:
   *[other] I have taken nothing of this file. { $number } of its styles can't be used:
}
slip-no-graph-renderer = This booth has no ComfyUI. Set PETAFLOP_COMFY_URLS and start it again.
slip-no-server = No ComfyUI server is within reach. Try again when one is back.
slip-no-such-filter = There is no instant filter of this name.
set-too-large = The file is larger than { $limit_mib } MiB.
set-none = This is no set of styles, or it is damaged. Send me the file just as /export gave it.
set-unreadable = This is no set of styles that I can read. I stumbled over: { $place }
set-ids = Two styles of this file have the same name, or one has a name that I keep for drafts.

# News that come by themselves.
news-set-aside = The style “{ $style }” failed { $times } times in a row. The last time: { trouble-why }. I have set it aside: guests don't see it. Put it right, or show it again.
news-imported = “{ $style }” is published, as version { $version }.
news-not-imported = “{ $style }” could not be rendered here. It waits among your drafts.
news-dry = The line is done, and I take no more photos. You can shut the booth down now, or resume.

# The audit list: who did it and when stands before.
act-claim = became a maintainer
act-new-code = made a code for a new maintainer
act-add-maintainer = made { $what } a maintainer
act-remove-maintainer = removed the maintainer { $what }
act-start-draft = began a draft of { $what }
act-change-draft = changed the draft of { $what }
act-drop-draft = dropped the draft of { $what }
act-publish = published { $what }
act-roll-back = rolled back to { $what }
act-hide = hid { $what }
act-show = showed { $what } again
act-schedule = scheduled { $what }
act-restrict = changed where { $what } is offered
act-reorder = put these first: { $what }
act-set-aside = set { $what } aside
act-export = exported { $what } styles
act-import = imported { $what }
act-pause = paused the booth
act-resume = resumed the booth
act-limit = set the limit to { $what }
act-ban = banned { $what }
act-unban = let { $what } come again
act-announce = told { $what } people something
act-drain = let the line run dry

# Charts.
stats-heading = What we made
stats-guests = guests
stats-pictures = pictures
stats-failures = failed
stats-by-hour = Pictures by hour
stats-by-style = Pictures by style
status-heading = How it stands
status-waiting = waiting
status-eta = to a picture
status-troubles = troubles this hour
status-memory = Memory and disk in use

# What is shown to others

news-held = Picture { $number } waits for your yes before it is shown.
news-reported = A guest finds that picture { $number } shouldn't be shown. Please have a look.
news-reported-held = Several guests find that picture { $number } shouldn't be shown. I have taken it down until one of you has looked at it.
news-feed-lost = Feed { $feed } can't be reached any more: I was removed there, or it was deleted. I post nothing there from now on.
news-feed-closed = Feed { $feed } takes no pictures from me: I am missing permissions there. Please let me see it, send messages and attach pictures (on Discord: View Channel, Send Messages, Embed Links, Attach Files; in threads also Send Messages in Threads). What was shared waits meanwhile.
slip-no-feed-here = This can't be a feed: nobody else reads it, or I am not in it. Write “/feed here” in a group, channel, topic or thread.
slip-no-such-feed = There is no feed of that number.
slip-name-not-seen = Its guest has given another name meanwhile. Look at it before it is shown.
slip-no-such-share = That picture isn't shared any more, or stands already as it should.
slip-wrong-pin = That is not the PIN.
slip-pin-locked = Too many wrong PINs just now. Please try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
act-feed = made { $what } a feed
act-no-feed = ended feed { $what }
act-hold = switched looking at every share first { $what }
act-take-down = took a picture off the wall
act-let-show = let a picture be shown
act-new-pin = made a new PIN for the wall
act-close-event = closed the event
news-closed = The event is closed: everything of its guests is erased. { $number ->
    [0] Nothing was shared.
    [one] The picture that was shared is in the archive { $archive } in the data directory.
   *[other] The { $number } pictures that were shared are in the archive { $archive } in the data directory.
}
slip-close-from-outside = This booth shares its database with others. Its owner closes the event with “petaflop close-event”.
