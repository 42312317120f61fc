# Wie Discord unsere Befehle zeigt: Namen ohne Leerzeichen und Großbuchstaben, höchstens 32 Zeichen; Beschreibungen 100.
discord-name-stylize = stilisieren
discord-about-stylize = Schick ein Foto und bekomm es als Bild zurück
discord-option-photo = foto
discord-about-photo = Dein Foto: JPEG, PNG, WebP, HEIC, AVIF oder GIF
discord-option-style = stil
discord-about-style = Der Stil; ohne ihn wählst du aus allen
discord-name-styles = stile
discord-about-styles = Alle Stile ansehen
discord-name-mine = meine
discord-about-mine = Deine Bilder bisher; die Antwort siehst nur du
discord-name-cancel = abbrechen
discord-about-cancel = Dein neuestes unfertiges Bild in diesem Kanal abbrechen
discord-name-forget = vergessen
discord-about-forget = Alles löschen, was von dir da ist
discord-name-privacy = datenschutz
discord-about-privacy = Was von dir aufgehoben wird, und wie lange
discord-name-help = hilfe
discord-about-help = So geht es
discord-menu-message = Das stilisieren
discord-menu-user = Avatar stilisieren
discord-menu-ban = Keine Fotos mehr annehmen
discord-menu-unban = Fotos wieder annehmen

discord-command-outdated = Dieser Befehl hat sich geändert. Drück bitte Strg+R oder starte Discord neu und versuch es noch einmal.
