# Options of maintainers' commands, as Discord describes them: at most a hundred characters.
discord-slot-code = The code that the program has printed
discord-slot-name = What guests will call it
discord-slot-emoji = One emoji
discord-slot-words = The words
discord-slot-strength = How far from the photo it may go
discord-slot-graph = The base graph that draws it
discord-slot-workflow = A workflow, exported from ComfyUI in the API format
discord-slot-style = The style, by its name or id
discord-slot-styles = Styles, by their ids, in their new order
discord-slot-version = The number of the version
discord-slot-since = From when on, e.g. 2026-11-24 09:00 or +2h
discord-slot-until = Until when, e.g. 2026-11-24 18:00 or +8h
discord-slot-where = Here or everywhere
discord-slot-file = A file that was exported here
discord-slot-period = Of today, or of all time
discord-slot-place = Where it will hang; scans are counted by it
discord-slot-number = How many; "any" for no limit, "own" for the one of the settings
discord-slot-user = Who it is about
discord-slot-guest = Or somebody of another chat, e.g. telegram:1
discord-slot-action = Add or remove one
discord-slot-feed = Here, the list, or off with a number
discord-slot-id = The number of a feed that is to end
discord-slot-switch = On or off
discord-slot-picture = The picture's number

discord-fill-in = Fill in
discord-file-gone = I couldn't fetch this file. Please send it again.
