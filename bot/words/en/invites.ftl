# What hangs on walls: posters and codes. Headline and the line below it are the page's.
invite-telegram = Telegram
invite-discord = Discord
invite-web = In the browser
invite-step-scan = Scan a code
invite-step-photo = Send a selfie
invite-step-style = Pick a style
invite-before = Before
invite-small-print = No app to install, free of charge. Only you get your picture, and nothing is shown unless you share it. Photos are erased after { $photos }, pictures after { $pictures }.
invite-card = Scan, and send a selfie
slip-invite-too-long = A code holds { $most } characters, and this one would need { $length }. Choose a shorter place, or a shorter name of the event.
