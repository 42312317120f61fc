# Commands of maintainers, as a chat's list describes them: at most a hundred characters.
console-maintain = The maintainers' menu
console-claim = Become a maintainer, with the owner's code
console-addstyle = Make a new style, by words or by a workflow
console-editstyle = Begin a draft from a style that is there
console-drafts = Your drafts
console-managestyles = All styles: how often, how fast, who sees them
console-hide = Take a style from the guests' list, or a picture off the wall
console-showstyle = Put a style back on the guests' list
console-reorder = Put these styles first
console-schedule = Offer a style from one moment to another
console-restrict = Offer a style in this chat only, or everywhere
console-rollback = Bring back an earlier version of a style
console-export = All published styles as a file
console-import = Take in a set of styles from a file
console-status = How the booth stands
console-stats = Guests and pictures, by style and hour
console-pause = Take no photos for a while, with words for guests
console-resume = Take photos again
console-limit = How many unfinished pictures a guest may have
console-announce = Tell something to those who are waiting
console-ban = Take no more photos from somebody
console-unban = Take somebody's photos again
console-drain = Take no photos any more and let the line run dry
console-maintainers = Who the maintainers are; add or remove one
console-audit = What maintainers did
console-more = … and { $number } more.

# Keys.
key-menu = Menu
key-styles = Styles
key-style = Style
key-new-style = New style
key-drafts = Drafts
key-draft = Draft
key-status = Status
key-stats = Numbers
key-stats-today = Today
key-stats-all = All time
key-csv = CSV
key-audit = Audit
key-pause = Pause
key-resume = Resume
key-words = Words for guests
key-announce = Announce
key-limit = Limit
key-limit-any = Any number
key-limit-own = As in the settings
key-drain = Drain
key-drain-now = Let it run dry
key-bans = Bans
key-maintainers = Maintainers
key-hire = Add one
key-export = Export
key-import = Import
key-edit = Edit
key-hide = Hide
key-show = Show
key-versions = Versions
key-back-to = Back to { $version }
key-plan = Schedule
key-first = First
key-up = Up
key-down = Down
key-last = Last
key-only-here = Only in this chat
key-also-here = In this chat as well
key-chats = Chats
key-everywhere = Everywhere
key-try-portrait = Try on the portrait
key-try-own = Try on my photo
key-adjust = Adjust
key-steps = Steps
key-bindings = What goes where
key-by-words = Words instead
key-by-workflow = Send a workflow
key-bind-auto = As found
key-publish = Publish
key-drop = Drop
key-refresh = Again
key-again = Fill in again
key-keep = Keep it
key-skip = Leave it empty
key-stop = Cancel

# Views.
view-menu = { $state ->
    [paused] The booth is paused: it takes no photos.
    [closing] The line runs dry: the booth takes no photos any more.
   *[open] The booth is open.
}
view-styles = { $number ->
    [one] One style, as guests see it:
   *[other] { $number } styles, in the order in which guests see them:
}
view-style-version = { $version ->
    [0] As it was shipped
   *[other] Version { $version }
}
view-style-figures = { $uses ->
    [one] one picture
   *[other] { $uses } pictures
}, { $failures } failed
view-versions = “{ $style }” has these versions. Guests have { $version ->
    [0] the shipped one
   *[other] { $version }
}.
mark-away = no server for it just now
mark-hidden = hidden
mark-set-aside = set aside: { trouble-why }
trouble-why = { $cause ->
    [graph] the workflow can't work
    [refused] the server refuses the workflow
    [no-server] no server can draw the style
    [no-picture] no picture came out
    [black] the picture was black
    [timeout] it took too long
    [memory] there was too little memory
    [device] the GPU failed
    [lost] the server lost the picture
    [interrupted] the picture was interrupted on the server
    [crashed] the worker broke
   *[other] { $cause }
}
mark-planned = { $since } to { $until }
mark-open = open
mark-restricted = { $number ->
    [one] in one chat only
   *[other] in { $number } chats only
}
mark-owner = in the owner's settings
mark-this-chat = this chat
view-chats = “{ $style }” is offered { $number ->
    [0] in every chat.
    [one] in one chat only:
   *[other] in { $number } chats only:
}
view-chats-others = Guests have lately sent photos here:
view-chats-how = “+” offers it in a chat, “✕” no more. For any other chat, write “/restrict { $style } here” there.
view-drafts = { $number ->
    [0] You have no drafts.
    [one] You have one draft:
   *[other] You have { $number } drafts:
}
view-draft-workflow = A workflow of { $number ->
    [one] one node
   *[other] { $number } nodes
}
view-draft-graph = Graph: { $graph }
view-draft-filter = Instant filter: { $filter }
view-draft-strength = Strength: { $strength }
view-draft-steps = Steps: { $steps }
view-draft-complaints = What I found:
view-draft-state = { $state ->
    [tested] It was tried out as it is now: it can be published.
    [wrong] Once that is put right, try it out. Then it can be published.
   *[untested] Try it out, then it can be published.
}
view-bindings = This is what goes where in the workflow. Press what you would like to change.
view-places = { $role }: where should it go?
binding-none = nowhere
binding-choose = please choose
role-photo = Photo
role-prompt = Words
role-seed = Seed
role-strength = Strength
role-steps = Steps
role-size = Size
role-output = Output
view-limit = { $kind ->
    [any] A guest may have any number of unfinished pictures.
    [number] A guest may have this many unfinished pictures: { $number }.
   *[own] A guest may have as many unfinished pictures as the settings say.
} How many shall it be?
view-drain = I would take no more photos, finish the line, and tell you when it is done. Shall I?
view-crew = { $number ->
    [one] There is one maintainer:
   *[other] There are { $number } maintainers:
}
view-audit = What was done, the newest first:
view-bans = { $number ->
    [0] Nobody is banned. To ban somebody, answer one of their messages with /ban.
    [one] One guest is banned:
   *[other] { $number } guests are banned:
}
audit-house = the booth
audit-nothing = nothing
view-status = PETaflop { $version }, up for { $up }, { $database }. { $state ->
    [paused] Paused.
    [closing] Running dry.
   *[open] Open.
}
status-disk = Disk: { $free } of { $total } GiB free
status-line = Line “{ $renderer }”: { $waiting } waiting, { $rendering } of { $slots } rendering, { $eta } s to a picture
status-seen = last seen { $ago } ago
status-heard = heard { $ago } ago
status-backlog = { $number } held back
status-had = Troubles of the last hour: { $kinds }
status-well = No troubles in the last hour.
doing-away = away
doing-idle = idle
doing-rendering = rendering
doing-resting = resting after a failure of its GPU
doing-stuck = stuck: only a restart helps it
uplink-up = up
uplink-down = down
view-stats = { $span ->
    [all] All time
   *[today] Today
}: { $guests ->
    [one] one new guest
   *[other] { $guests } new guests
}, { $pictures ->
    [one] one picture
   *[other] { $pictures } pictures
}, { $failures } failed.
view-places-scanned = Codes that were scanned:
view-csv = Everything that was counted, by hour, style and platform.
view-export = All styles that maintainers have published. Send me this file at another booth to have them there.
view-import = Send me a file here: a set that another booth has exported, or a workflow (ComfyUI: Workflow → Export (API)). The words below a workflow name its style.

# What was done.
told-begun = Here is your draft of “{ $style }”. Try it out before guests get it.
told-editing = Here is your draft of “{ $style }”. Guests keep what they have until you publish.
told-editing-drawn = Here is your draft of “{ $style }”. Guests keep what they have until you publish. If you send a workflow now, it draws this draft.
told-editing-drawn-here = Here is your draft of “{ $style }”. Guests keep what they have until you publish. A workflow that you give me in this chat with /addstyle draws this draft.
told-awaiting-here = Give me the workflow for “{ $style }” in this chat, with /addstyle: in ComfyUI, “Workflow → Export (API)”. It takes the place of what draws the draft.
told-awaiting = Send me the workflow for “{ $style }” now: in ComfyUI, “Workflow → Export (API)”. It takes the place of what draws the draft.
told-changed = Changed.
told-trying = I am trying “{ $style }” out. Its card comes in a moment.
told-published-first = “{ $style }” is published, as version { $version }. Guests have it now.
told-published = “{ $style }” is published, as version { $version }. Guests have it now; “Versions” brings the one before back.
told-dropped = The draft of “{ $style }” is gone.
told-workflow = I have read the workflow for “{ $style }”: { $number ->
    [one] one node
   *[other] { $number } nodes
}. See whether everything goes where it should, then try it out.
told-imported = { $number ->
    [one] One style came with the file. I render it now, and publish it when that works.
   *[other] { $number } styles came with the file. I render them now, and publish each when that works.
}
told-hidden = Guests don't see “{ $style }” any more.
told-shown = Guests see “{ $style }” again.
told-back = “{ $style }” is back at version { $version }.
told-moved = “{ $style }” stands at place { $place }.
told-ordered = These come first now.
told-only-here = “{ $style }” is offered in this chat only.
told-also-here = “{ $style }” is offered in this chat as well.
told-everywhere = “{ $style }” is offered in every chat.
told-planned = The schedule of “{ $style }” is set.
told-paused = The booth is paused. The line goes on; new photos are declined with kind words.
told-resumed = The booth takes photos.
told-limit = { $kind ->
    [any] A guest may now have any number of unfinished pictures.
    [number] A guest may now have this many unfinished pictures: { $number }.
   *[own] The limit is that of the settings again.
}
told-announced = { $number ->
    [0] Nobody is waiting just now, so I told nobody.
    [one] I tell it to the one who is waiting.
   *[other] I tell it to the { $number } who are waiting.
}
told-draining = { $number ->
    [0] I take no more photos. The line is empty.
    [one] I take no more photos. One picture is still to be made; I tell you when it is done.
   *[other] I take no more photos. { $number } pictures are still to be made; I tell you when they are done.
}
told-hired = { $guest } is a maintainer now.
told-hired-before = { $guest } was a maintainer already.
told-fired = { $guest } is no maintainer any more.
told-banned = I take no more photos from { $guest }.
told-banned-before = { $guest } was banned already.
told-unbanned = I take photos from { $guest } again.
told-unbanned-before = { $guest } was not banned.
told-claimed = Welcome: you are a maintainer now.
told-claimed-before = You are a maintainer already.
told-stopped = Cancelled. Nothing was changed.
told-interrupted = I was interrupted while I did this. The list says whether it was done; if not, please ask me again.

# Forms.
form-new = New style
form-adjust = Adjust the draft
form-words = Words instead of the workflow
form-plan = When it is offered
form-pause = Words while paused
form-announce = Announcement
form-hiring = New maintainer
ask-name = What do guests call it?
ask-name-hint = One to forty characters, in your language.
ask-emoji = Which emoji?
ask-emoji-hint = A single one.
ask-prompt = Which words draw it?
ask-prompt-hint = Leave it empty to keep the words that the graph has.
ask-strength = How far from the photo?
ask-strength-hint = Some graphs know no strength; then the words decide.
ask-graph = On which graph?
ask-graph-hint = The one that stands first can be drawn just now, if any can.
ask-steps = How many steps?
ask-steps-hint = A whole number from 1 to 100; empty leaves it to the graph.
ask-since = From when?
ask-until = Until when?
ask-moment-hint = Like 2026-11-24 09:00, 09:00, +2h or now, by the booth's clock. A dash leaves it open.
ask-pause = What shall guests read?
ask-pause-hint = Up to five hundred characters. Leave it empty for my own words.
ask-announce = What shall I tell them?
ask-announce-hint = Up to five hundred characters, to everybody who is waiting for a picture.
ask-guest = Who?
ask-guest-hint = Their number on this platform, or a key like telegram:123.
asking-present = Now it is: { $value }
strength-none = leave it to the graph
strength-subtle = subtle
strength-medium = medium
strength-strong = strong
workflow-nameless = Workflow

# Slips.
slip-old-key = This button is too old, or its question was answered. Please begin again from the menu.
slip-no-answer = I can't take that as an answer. Choose one of the buttons, or write something.
slip-answer-too-long = This is too long: { $limit ->
    [one] one character is
   *[other] { $limit } characters are
} the most.

# What is shared
console-feed = Post shared pictures in this chat, or see where they are posted
console-hold = Look at every picture before it is shown
console-held = Pictures that wait for a yes
console-letshow = Show a picture that was held or taken down
console-wall = Where the wall is, and its PIN
key-held = Held
key-holding = Hold
key-hold-on = Look at each first
key-hold-off = Show them at once
key-look = Look
key-let-show = Show
key-take-down = Take down
key-feeds = Feeds
key-feed-here = Make this a feed
key-wall = Wall
key-new-pin = New PIN
view-held = { $number ->
    [0] No picture waits for a yes.
    [one] One picture waits for a yes:
   *[other] { $number } pictures wait for a yes:
}
view-held-in-private = I show them in a private chat only: nobody else is to see them yet.
view-holding = { $state ->
    [on] Every picture that is shared waits for a yes before anybody sees it.
   *[off] What guests share is shown at once.
}
share-shown = It is shown.
share-held = It waits for a yes.
share-hidden = It was taken down.
view-feeds = { $number ->
    [0] Shared pictures are posted nowhere yet.
    [one] Shared pictures are posted in one chat:
   *[other] Shared pictures are posted in { $number } chats:
}
view-feeds-how = Write “/feed here” in a group, channel, topic or thread where I may post. “✕” ends one; what hangs there stays until it is unshared.
view-wall = { $number ->
    [0] The wall is on this machine only: let the booth listen on the local network (PETAFLOP_HOST).
   *[other] The wall, for a screen on the same network:
}
view-wall-pin = PIN to take a picture down at the wall: { $pin }
view-wall-in-private = I tell the wall's PIN in a private chat only.
told-hold = { $state ->
    [on] From now on every picture waits for a yes.
   *[off] From now on pictures are shown at once. What waits already goes on waiting.
}
told-name-not-seen = Picture { $number } is not shown yet: a name stands beside it that you have not looked at. Names are to be seen in a private chat; there, press “Show” if this one is fine.
told-let-show = Picture { $number } is shown.
told-taken-down = Picture { $number } is taken down, here and in all feeds. It is still its guest's.
told-new-pin = There is a new PIN; the one before is void.
told-feed = Pictures that are shared from now on are posted here.
told-feed-before = Shared pictures are posted here already.
told-no-feed = Nothing is posted in feed { $number } any more.
console-closeevent = Export what was shared, then erase everything of the event
key-close-now = Close the event and erase everything
view-close = This ends the event: guests, photos, pictures, shares and what hangs in feeds are erased for good. { $number ->
    [0] Nothing is shared just now, so there is nothing to keep.
    [one] The one picture that is shared goes into an archive in the data directory first.
   *[other] The { $number } pictures that are shared go into an archive in the data directory first.
} Styles, maintainers and numbers stay. Shall I?
told-closing = I close the event. You are told when everything is gone.
