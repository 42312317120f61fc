discord-waiting = { $position ->
    [1] Du bist als Nächstes dran. Voraussichtlich { $when }.
   *[other] Du bist Nummer { $position } in der Schlange. Voraussichtlich { $when }.
}
discord-rendering = Dein Bild wird gemalt … Voraussichtlich { $when }.
discord-one-moment = Einen Moment …
discord-notice = Dein Foto wird hier an der Fotobox gemalt, das Bild ist nur dort zu sehen, wo du darum gebeten hast, wenn du es nicht teilst, und ich lösche meine Kopie des Fotos nach { $photos } und des Bildes nach { $pictures }. Mehr: /datenschutz

discord-pick = Wähl einen Stil
discord-surprise = Überrasch mich
discord-more = Mehr ({ $page } von { $pages })
discord-recent = Hattest du zuletzt
discord-away = Macht gerade Pause; dein Foto wartet sicher
discord-alt-result = Dein Bild: { $style }
discord-alt-preview = Dein Bild, halb gemalt
discord-alt-styles = Diese Stile: { $names }
discord-choose-other = Welcher Stil soll es diesmal sein?

discord-delete-ask = Dieses Bild für immer löschen?
discord-delete-yes = Löschen
discord-keep = Behalten
discord-kept = Es wurde nichts gelöscht.
discord-deleted = Für immer gelöscht.
discord-deleted-there = Für immer gelöscht. Die Nachricht steht noch da: Hier darf ich sie nicht entfernen.
discord-not-yours = Dieses Bild gehört jemand anderem. Mach dein eigenes: /stilisieren mit einem Foto von dir.
discord-make-yours = Dieses Bild gehört jemand anderem. Mach deins aus dem Foto, das du zuletzt geschickt hast: Wähl einen Stil. Oder nimm /stilisieren mit einem anderen.
discord-gone = Dieses Bild ist nicht mehr hier. Bitte schick dein Foto noch einmal.

discord-help =
    Schick mir ein Foto als Direktnachricht, oder nenn mich daneben auf einem Server. Oder nimm /stilisieren mit einem Foto und einem Stil. Dein Bild kommt dann als Antwort.
    Auch ein Rechtsklick auf eine Nachricht mit Bild geht: Apps, Das stilisieren.

    `/stile` zeigt alle Stile
    `/meine` zeigt deine Bilder
    `/rahmen` macht Bilder mit oder ohne Rahmen
    `/abbrechen` bricht das laufende Bild ab
    `/datenschutz` sagt, was wie lange aufbewahrt wird
    `/vergessen` löscht alles über dich
discord-privacy =
    Dein Foto dient nur deinem Bild und nichts anderem: Es wird nach { $photos } gelöscht, die Bilder bei uns nach { $pictures }. Was in einem Kanal steht, sieht, wer dort ist; an der Wand und in anderen Kanälen sehen andere ein Bild erst, wenn die Person darauf Teilen gedrückt hat, und Zurücknehmen holt es überall herunter.{ $sharing }
    `/vergessen` löscht alles sofort.
discord-styles = **Alle Stile.** Nimm /stilisieren mit einem Foto, oder schick mir eins.
discord-styles-page = Seite { $page } von { $pages }
discord-mine = Deine Bilder, das neueste zuerst. Sie bleiben { $pictures } hier.
discord-mine-none = Hier ist kein Bild von dir. Schick mir ein Foto, dann mache ich eins.
discord-keepsake-ask = Was möchtest du von diesem Bild? Nur du siehst es.
discord-frame-on = Deine Bilder bekommen einen Rahmen mit Veranstaltung und Code.
discord-frame-off = Deine Bilder kommen ohne Rahmen, ab dem nächsten.
discord-frame-set-on = Mit Rahmen
discord-frame-set-off = Ohne Rahmen
discord-cancel-none = Hier ist gerade nichts in Arbeit.
discord-cancelled = Abgebrochen.
discord-forget-ask = Soll ich alles über dich löschen: Fotos, Bilder, auch unfertige? Sichere vorher, was du behalten möchtest.
discord-forget-yes = Alles löschen
discord-forget-kept = Es wurde nichts gelöscht.
discord-forgotten = { $number ->
    [0] Fertig. Hier ist nichts über dich gespeichert.
    [one] Fertig. Alles über dich ist gelöscht: ein Eintrag mit Foto und Bild.
   *[other] Fertig. Alles über dich ist gelöscht: { $number } Einträge mit ihren Fotos und Bildern.
}
discord-forgotten-shares = { $number ->
    [one] Das Bild, das du geteilt hast, hängt nicht mehr an der Wand.
   *[other] Die { $number } Bilder, die du geteilt hast, hängen nicht mehr an der Wand.
}
discord-forgotten-messages = Noch zu tun: { $number ->
    [one] Eine Nachricht mit deinem Bild wird gerade zurückgenommen; wenn das nicht geht, sage ich es dir.
   *[other] { $number } Nachrichten mit deinen Bildern werden gerade zurückgenommen; wenn das nicht geht, sage ich es dir.
}
discord-forgotten-copies = Noch zu tun: { $number ->
    [one] Eine Kopie liegt auf einem Server, der gerade nicht erreichbar ist; sie wird gelöscht
   *[other] { $number } Kopien liegen auf einem Server, der gerade nicht erreichbar ist; sie werden gelöscht
}, sobald er wieder da ist.

discord-send-text = Ich mache Bilder aus Fotos. Bitte schick mir ein Foto.
discord-send-sticker = Ein Sticker ist kein Foto. Bitte schick mir ein Foto.
discord-send-moving = Bewegtes kann ich nicht malen. Bitte schick mir ein Foto.
discord-send-sound = Ich habe keine Ohren, nur Augen. Bitte schick mir ein Foto.
discord-send-file = Diese Art Datei ist kein Bild, das ich lesen kann. Bitte schick ein Foto: JPEG, PNG, WebP, HEIC, AVIF oder GIF.
discord-send-message = In dieser Nachricht ist kein Bild. Bitte nimm eine mit Foto.

discord-by-direct-message = Hier ist dein Bild. Discord ließ mich dort, wo du darum gebeten hast, nicht mehr schreiben.
discord-late = Das dauert länger, als Discord mich hier schreiben lässt. Dein Bild kommt als Direktnachricht; nimmst du keine an, wartet es unter /meine.
discord-no-permission = Hier darf ich dein Bild nicht zeigen. Mir fehlt im Kanal diese Berechtigung: { $permissions }. Bitte lass sie jemanden erteilen, der sich um den Server kümmert; dein Bild wartet so lange, auch unter /meine.
discord-permission-view = Kanal anzeigen
discord-permission-send = Nachrichten senden
discord-permission-threads = Nachrichten in Threads senden
discord-permission-attach = Dateien anhängen
discord-permission-embed = Links einbetten
discord-permission-history = Nachrichtenverlauf anzeigen

# Teilen
discord-button-yours = So eins will ich auch
discord-button-report = Melden
discord-reported = Danke. Jemand vom Stand sieht es sich an.
discord-yours = Mach dein eigenes: Nimm /stilisieren mit einem Foto von dir, oder schick mir eins als Direktnachricht.
discord-yours-in = Mach dein eigenes: Nimm /stilisieren mit einem Foto von dir, oder schick mir eins als Direktnachricht. Dann wähl „{ $style }“.
discord-make-this = Mach dein eigenes aus dem Foto, das du zuletzt geschickt hast: Wähl einen Stil. Oder nimm /stilisieren mit einem anderen.
discord-taken-back = Dieses Bild wurde zurückgenommen.

# Gemeinsames
discord-groupstyle-on = { $minutes } Minuten lang wird hier aus jedem Foto ohne eigenen Stil: { $style }. Schick deins mit /stilisieren, oder nenn mich daneben.
discord-groupstyle-off = Ab jetzt wählen wieder alle selbst.
discord-groupstyle-how = Wähl mit /gruppenstil einen Stil, und zehn Minuten lang nehmen ihn alle Fotos hier.
discord-collage = Die letzte Stunde in diesem Kanal
