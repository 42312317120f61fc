card-choosing = Angekommen. Welchen Stil möchtest du?
card-waiting = { $position ->
    [1] Du bist als Nächstes dran. Noch etwa { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } bis zu deinem Bild.
   *[other] Du bist Nummer { $position } in der Schlange. Noch etwa { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } bis zu deinem Bild.
}
card-away = Dein Foto ist sicher, und du bist Nummer { $position } in der Schlange. Wer diesen Stil malt, ist gerade nicht da; es geht von selbst weiter, sobald die Verbindung wieder steht.
card-rendering = Dein Bild wird gemalt …
card-done = Bitte sehr: { $style }.
card-nudge = Dein Bild ist fertig, gleich hier drüber.
card-cancelled = Abgebrochen. Dein Foto wird nicht verwendet.
card-failed-crashed = Es tut mir leid: Dieses Bild ist zweimal nicht gelungen. Versuch einen anderen Stil, dein Foto ist noch da.
card-failed-style-broken = Es tut mir leid: Dieser Stil lässt sich gerade nicht malen. Bitte wähle einen anderen.
card-failed-photo-lost = Es tut mir leid: Dein Foto wurde gelöscht, bevor ich es malen konnte. Bitte schick es noch einmal.

button-cancel = Abbrechen
button-again = Noch einmal
button-other-style = Anderer Stil
button-keepsake = Andenken
button-delete = Löschen

photo-not-a-picture = Das ist kein Bild, das ich lesen kann. Bitte schick ein Foto als JPEG, PNG, WebP, HEIC, AVIF oder GIF.
photo-damaged = Dieses Bild ist beschädigt oder unvollständig. Bitte schick es noch einmal oder nimm ein neues auf.
photo-takes-too-long = Dieses Bild zu lesen dauert zu lange. Bitte schick es als einfaches JPEG, oder nimm ein neues auf.
photo-too-many-bytes = Diese Datei ist zu groß: Höchstens { $limit_mib } MiB sind möglich. Bitte schick eine kleinere.
photo-too-many-pixels = Dieses Bild hat zu viele Pixel: Höchstens { $limit_mp } Megapixel sind möglich. Bitte schick ein kleineres.
photo-too-small = Dieses Bild ist zu klein: Jede Seite braucht mindestens { $limit_px } Pixel. Bitte schick ein größeres.
photo-odd-shape = Dieses Bild ist zu lang und schmal. Bitte schneide es zu, sodass die lange Seite höchstens { $limit }-mal so lang ist wie die kurze.
photo-out-of-reach = Ich konnte dieses Foto nicht aus dem Chat holen. Bitte schick es noch einmal.
style-unknown = Diesen Stil gibt es hier nicht. Bitte wähle einen aus der Liste.
job-unknown = Dieses Bild ist nicht hier: Es wurde gelöscht, oder es gehört dir nicht.
keepsake-photo-erased = Dein Foto ist schon gelöscht, und dies braucht es. Schick es noch einmal für ein neues; das Bild selbst ist noch da.
job-not-possible-now = Das geht gerade nicht. Bitte sieh nach, wie weit das Bild ist, und versuch es noch einmal.
limit-guest = { $limit ->
    [one] Ein Bild von dir ist noch in Arbeit. Gleich ist es fertig, dann schick das nächste.
   *[other] { $limit } Bilder von dir sind noch in Arbeit. Gleich sind sie fertig, dann schick das nächste.
}
line-full = Die Schlange ist gerade voll. Bitte versuch es in ein paar Minuten noch einmal.
storage-full = Gerade ist kein Platz für ein weiteres Foto. Bitte versuch es in ein paar Minuten noch einmal.
store-away = Ich komme gerade nicht an mein Gedächtnis. Bitte versuch es gleich noch einmal.
error-unexpected = Bei mir ist etwas schiefgegangen. Bitte versuch es gleich noch einmal.

keepsake-card = Vorher und nachher
keepsake-loop = In Bewegung
keepsake-plain = Ohne Rahmen
keepsake-before = Vorher

frame-note-filter = Sofortfilter, kein KI-Modell
frame-note-graph = ComfyUI, kein KI-Modell
frame-note-model = mit einem KI-Modell gemacht

span-hours = { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
}
span-minutes = { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
}

terms-sharing = { $span ->
    [none] {""}
   *[other] {" "}Ein geteiltes Bild wird nach { $span } von selbst abgenommen.
}{ $gallery ->
    [open] {" "}Die Galerie der geteilten Bilder ist auch aus dem Internet zu sehen.
   *[room] {""}
}

# Sharing

button-share = Teilen
button-unshare = Zurücknehmen
button-name = Mit meinem Namen
button-unname = Ohne meinen Namen
card-share-shown = Es hängt jetzt an der Wand, für alle zu sehen. „Zurücknehmen“ nimmt es überall herunter.
card-share-held = Es kommt an die Wand, sobald jemand vom Stand es angesehen hat.
card-share-held-named = Es kommt mit deinem Namen an die Wand, sobald jemand vom Stand beides angesehen hat.
card-share-hidden = Jemand vom Stand hat es von der Wand genommen. Es gehört weiter dir.
job-not-your-photo = Nur wer auf diesem Bild ist, kann es teilen.
feed-opening = Einen Moment: Gleich kommt ein Bild …
feed-plain = { $style }
feed-named = { $style } · { $name }
recall-refused = Eine Nachricht mit deinem Bild lässt sich nicht zurücknehmen: Ihre Plattform erlaubt weder Löschen noch Ändern. Bitte lass sie in jenem Chat löschen.
told-shared = Es hängt jetzt an der Wand. Du kannst es jederzeit zurücknehmen.
told-unshared = Zurückgenommen. In einem Moment ist es überall weg.
told-named = Dein Name steht jetzt daneben.
told-no-name = In deinem Namen ist nichts, was sich zeigen lässt; dein Bild steht ohne ihn da.
told-unnamed = Gleich ist dein Name überall weg.
told-share-erased = Ein Bild von dir, das du geteilt hattest, hängt nicht mehr: Wer es sich gewünscht hatte, hat es gelöscht.

# Group moments

collage-note = { $number ->
    [one] Ein Bild aus dieser Stunde
   *[other] { $number } Bilder aus dieser Stunde
}
collage-too-few = Für eine Collage brauche ich mindestens zwei Bilder, die in der letzten Stunde in diesem Chat entstanden sind. Schickt erst ein paar Fotos.
collage-soon = Diesen Chat gab es gerade erst als Collage. Versuch es in einer Minute noch einmal.
collage-not-now = Die Collage ist nicht gelungen. Bitte versuch es noch einmal.
