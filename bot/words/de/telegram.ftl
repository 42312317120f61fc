telegram-language-name = Deutsch
telegram-share = In einen Chat senden
telegram-surprise = 🎲 Überrasch mich
telegram-more = Mehr ({ $page } von { $pages })
telegram-back = Zurück
telegram-keep = Behalten
telegram-delete-yes = Löschen
telegram-forget-yes = Alles löschen

telegram-welcome = Willkommen bei { $event }! Schick mir ein Selfie, wähle einen Stil, und dein Bild kommt in diesen Chat.
telegram-welcome-style = Willkommen bei { $event }! Schick mir ein Selfie; { $style } steht in deiner Liste ganz vorn.
telegram-help =
    Schick mir ein Foto, auch als Datei oder Album. Dann wähle einen Stil.
    Steht der Name eines Stils unter dem Foto, ist er gleich gewählt.

    /styles zeigt alle Stile
    /mine zeigt deine Bilder
    /quality schickt dein Bild als Datei
    /frame off macht Bilder ohne Rahmen
    /cancel bricht das laufende Bild ab
    /language wechselt die Sprache
    /privacy sagt, was wie lange aufbewahrt wird
    /forget löscht alles über dich
telegram-help-group =
    In dieser Gruppe antworte ich, wenn man mich fragt. Schick ein Foto mit /style comic darunter, oder antworte mit /style auf ein Foto.
    Das Bild kommt als Antwort. Seine Knöpfe gehören, wer darum gebeten hat.
telegram-privacy =
    Nur du bekommst deine Bilder; andere sehen eins erst, wenn du darunter auf Teilen drückst, und Zurücknehmen holt es überall herunter.{ $sharing } Dein Foto dient nur ihnen und nichts anderem: Es wird nach { $photos } gelöscht, die Bilder bei uns nach { $pictures }. Was in diesem Chat steht, bleibt hier, bis du es löschst.
    /forget löscht alles sofort.
telegram-notice = Dein Foto wird hier an der Fotobox gemalt, nur du bekommst das Bild, und ich lösche das Foto nach { $photos } und das Bild nach { $pictures }. Mehr: /privacy
telegram-notice-group = Dein Foto wird hier an der Fotobox gemalt, das Bild bleibt in dieser Gruppe, wenn du es nicht teilst, und ich lösche meine Kopie des Fotos nach { $photos } und des Bildes nach { $pictures }. Mehr: /privacy, unter vier Augen
telegram-styles = Alle Stile. Schick mir ein Foto, dann geht es los.
telegram-preferred = Gut. Jetzt schick mir ein Foto: { $style } steht in deiner Liste ganz vorn.
telegram-mine-none = Hier ist kein Bild von dir. Schick mir ein Foto, dann mache ich eins.
telegram-cancel-none = Gerade ist nichts in Arbeit.
telegram-cancelled = Abgebrochen.
telegram-quality-none = Hier ist kein fertiges Bild. Schick mir ein Foto, dann mache ich eins.
telegram-frame-on = Deine Bilder bekommen einen Rahmen mit Veranstaltung und Code. /frame off lässt ihn weg, ab dem nächsten Bild.
telegram-frame-off = Deine Bilder kommen ohne Rahmen, ab dem nächsten. /frame on bringt ihn zurück.
telegram-language = Welche Sprache soll ich sprechen?
telegram-language-set = Ich spreche jetzt Deutsch.
telegram-forget-ask = Soll ich alles über dich löschen: Fotos, Bilder, auch unfertige? Sichere vorher, was du behalten möchtest.
telegram-forget-kept = Es wurde nichts gelöscht.
telegram-forgotten = { $number ->
    [0] Fertig. Hier ist nichts über dich gespeichert.
    [one] Fertig. Alles über dich ist gelöscht: ein Eintrag mit Foto und Bild.
   *[other] Fertig. Alles über dich ist gelöscht: { $number } Einträge mit ihren Fotos und Bildern.
}
telegram-forgotten-shares = { $number ->
    [one] Das Bild, das du geteilt hast, hängt nicht mehr an der Wand.
   *[other] Die { $number } Bilder, die du geteilt hast, hängen nicht mehr an der Wand.
}
telegram-forgotten-messages = Noch zu tun: { $number ->
    [one] Eine Nachricht mit deinem Bild wird gerade zurückgenommen; wenn das nicht geht, sage ich es dir.
   *[other] { $number } Nachrichten mit deinen Bildern werden gerade zurückgenommen; wenn das nicht geht, sage ich es dir.
}
telegram-forgotten-copies = Noch zu tun: { $number ->
    [one] Eine Kopie liegt auf einem Server, der gerade nicht erreichbar ist; sie wird gelöscht
   *[other] { $number } Kopien liegen auf einem Server, der gerade nicht erreichbar ist; sie werden gelöscht
}, sobald er wieder da ist.
telegram-deleted = Für immer gelöscht.
telegram-not-yours = Dieses Bild gehört jemand anderem. Schick mir dein eigenes Foto, oder antworte mit /style auf eins.
telegram-gone = Dieses Bild ist nicht mehr hier. Bitte schick dein Foto noch einmal.
telegram-one-moment = Einen Moment …

telegram-send-text = Ich mache Bilder aus Fotos. Bitte schick mir ein Foto.
telegram-send-sticker = Ein Sticker ist kein Foto. Bitte schick mir ein Foto.
telegram-send-moving = Bewegtes kann ich nicht malen. Bitte schick mir ein Foto.
telegram-send-sound = Ich habe keine Ohren, nur Augen. Bitte schick mir ein Foto.
telegram-send-file = Diese Art Datei ist kein Bild, das ich lesen kann. Bitte schick ein Foto: JPEG, PNG, WebP, HEIC, AVIF oder GIF.
telegram-send-other = Bitte schick mir ein Foto.
telegram-no-rights = In dieser Gruppe darf ich keine Bilder senden. Bitte lass das jemanden mit Adminrechten erlauben; dein Foto wartet so lange. Oder schreib mir direkt.
telegram-form-in-private = Fragen stelle ich nur unter vier Augen: Bitte schreib mir direkt.
telegram-inline-none = Noch kein Bild: mach eins
telegram-file-caption = { $style }, in voller Qualität

telegram-about-short = Eine Fotobox: Selfie schicken, Stil wählen, Bild bekommen.
telegram-about =
    Schick ein Selfie, wähle einen Stil, und in Sekunden ist dein Bild da.
    Nur du siehst es, und es wird von selbst gelöscht. Mehr sagt /privacy.
telegram-command-start = Los geht es
telegram-command-style = Ein Bild von dem Foto, auf das du antwortest
telegram-command-styles = Alle Stile
telegram-command-mine = Deine Bilder
telegram-command-quality = Dein Bild als Datei
telegram-command-frame = Bilder mit oder ohne Rahmen
telegram-command-groupstyle = Ein Stil für alle, zehn Minuten lang
telegram-command-collage = Eine Collage der letzten Stunde in diesem Chat
telegram-command-cancel = Das laufende Bild abbrechen
telegram-command-language = Die Sprache wechseln
telegram-command-privacy = Was wie lange aufbewahrt wird
telegram-command-forget = Alles über dich löschen
telegram-command-help = Wie es geht

telegram-once-soon = Dein Foto ist in guten Händen. Gleich wird diese Nachricht zu deinem Bild.
telegram-once-away = Dein Foto ist sicher. Der Maler dieses Stils ist gerade nicht da; es geht von selbst weiter, und diese Nachricht wird zu deinem Bild.
telegram-once-later = Gerade sind viele Bilder gewünscht. Diese Nachricht wird zu deinem; erwartet: { $when }
telegram-in-minutes = { $minutes ->
    [one] in etwa einer Minute
   *[other] in etwa { $minutes } Minuten
}
telegram-maybe-lost = Was ich geschickt habe, ist vielleicht unterwegs verloren gegangen. Wenn es nicht hier ist, schick bitte noch einmal { $again }.
telegram-keepsake-lost = Es ist vielleicht unterwegs verloren gegangen. Bitte drück noch einmal, wenn es nicht da ist.
telegram-your-own = 📸 Mach dein eigenes

# Sharing
telegram-report = ⚑ Melden
telegram-reported = Danke. Jemand von der Fotobox sieht es sich an.
telegram-groupstyle-on = { $minutes } Minuten lang mache ich aus jedem Foto in dieser Gruppe, das ich sehe, hier für euch alle: { $style }. Wer das nicht möchte, schreibt „nein“ unter sein Foto oder drückt Löschen unter dessen Bild: dann lasse ich seine Fotos in Ruhe. Sehe ich deins nicht, schick es als Antwort auf diese Nachricht oder mit /style darunter. „/groupstyle aus“ beendet das.
telegram-groupstyle-off = Ab jetzt wählen wieder alle selbst.
telegram-groupstyle-now = Gerade wird hier aus jedem Foto, das ich sehe: { $style }. Steht „nein“ darunter, lasse ich es in Ruhe. „/groupstyle aus“ beendet das.
telegram-groupstyle-how = Schreib „/groupstyle comic“, und zehn Minuten lang nehmen alle Fotos hier, die ich sehe, diesen Stil. /styles zeigt alle.
telegram-collage = Die letzte Stunde in diesem Chat
telegram-taken-back = Dieses Bild wurde zurückgenommen.
