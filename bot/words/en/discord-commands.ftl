# How Discord shows our commands: names have no spaces and no capitals, and at most 32 characters; what they do, 100.
discord-name-stylize = stylize
discord-about-stylize = Send a photo and get it back as a picture
discord-option-photo = photo
discord-about-photo = Your photo: JPEG, PNG, WebP, HEIC, AVIF or GIF
discord-option-style = style
discord-about-style = The style; leave it out to choose from all of them
discord-name-styles = styles
discord-about-styles = See all styles
discord-name-mine = mine
discord-about-mine = Your pictures so far; only you see the answer
discord-name-cancel = cancel
discord-about-cancel = Cancel your newest unfinished picture in this channel
discord-name-forget = forget
discord-about-forget = Erase all that is kept of you
discord-name-privacy = privacy
discord-about-privacy = What is kept of you, and for how long
discord-name-help = help
discord-about-help = How this works
discord-menu-message = Stylize this
discord-menu-user = Stylize avatar
discord-menu-ban = Take no photos of theirs
discord-menu-unban = Take their photos again

discord-command-outdated = This command has changed. Please press Ctrl+R, or restart Discord, and try again.
