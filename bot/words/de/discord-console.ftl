# Optionen der Befehle von Betreuern, wie Discord sie beschreibt: höchstens hundert Zeichen.
discord-slot-code = Der Code, den das Programm ausgegeben hat
discord-slot-name = Wie Gäste ihn nennen werden
discord-slot-emoji = Ein Emoji
discord-slot-words = Die Worte
discord-slot-strength = Wie weit er sich vom Foto entfernen darf
discord-slot-graph = Der Grundgraph, der ihn zeichnet
discord-slot-workflow = Ein Workflow, aus ComfyUI im API-Format exportiert
discord-slot-style = Der Stil, mit Namen oder Kennung
discord-slot-styles = Stile mit ihren Kennungen, in der neuen Reihenfolge
discord-slot-version = Die Nummer der Version
discord-slot-since = Ab wann, z. B. 2026-11-24 09:00 oder +2h
discord-slot-until = Bis wann, z. B. 2026-11-24 18:00 oder +8h
discord-slot-where = Hier oder überall
discord-slot-file = Eine Datei, die hier exportiert wurde
discord-slot-period = Von heute oder von Anfang an
discord-slot-place = Wo es hängen wird; danach wird gezählt, wie oft gescannt wurde
discord-slot-number = Wie viele; „any“ für keine Grenze, „own“ für die der Einstellungen
discord-slot-user = Um wen es geht
discord-slot-guest = Oder jemand aus einem anderen Chat, z. B. telegram:1
discord-slot-action = Jemanden hinzufügen oder entfernen
discord-slot-feed = Hier, die Liste, oder beenden mit einer Nummer
discord-slot-id = Die Nummer eines Feeds, der enden soll
discord-slot-switch = An oder aus
discord-slot-picture = Die Nummer des Bildes

discord-fill-in = Ausfüllen
discord-file-gone = Diese Datei konnte ich nicht abrufen. Bitte schick sie noch einmal.
