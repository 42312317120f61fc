# What guests read while a maintainer holds the booth.
booth-paused = { $given ->
    [yes] { $words }
   *[no] Die Fotobox macht kurz Pause. Bitte schick dein Foto in ein paar Minuten noch einmal.
}
booth-closing = Die Fotobox schließt gleich und nimmt keine Fotos mehr an. Bilder, die schon unterwegs sind, kommen noch an.
guest-banned = Die Leute, die diese Fotobox betreiben, haben mich gebeten, keine Fotos mehr von dir anzunehmen. Wenn das ein Irrtum ist, sprich bitte mit ihnen.

# Test renders.
card-trial = Entwurf „{ $style }“: das Foto und was daraus wurde. Sollen Gäste ihn bekommen?
trial-before = vorher
trial-after = nachher
button-publish = Veröffentlichen
button-adjust = Ändern
button-drop = Verwerfen

# What was wrong with a command, and what to do.
slip-unknown-command = Diesen Befehl kenne ich nicht. Schick mir einfach ein Foto.
slip-wrong-code = Dieser Code gilt nicht: Er ist falsch, wurde schon benutzt oder ist älter als eine Stunde. Einen neuen macht der Betreiber mit „petaflop claim-code“.
slip-no-such-guest = Mit dieser Person geht das nicht. Antworte auf eine ihrer Nachrichten oder nenne ihre Nummer, und nicht die eines Betreuers.
slip-last-maintainer = Das ist der einzige Betreuer. Nimm erst einen weiteren hinzu.
slip-set-by-owner = Dieser Betreuer steht in den Einstellungen. Nur der Betreiber kann ihn dort streichen.
slip-unknown-draft = Dieser Entwurf ist nicht mehr offen: Er wurde veröffentlicht, verworfen oder geändert. Schau in deine Entwürfe.
slip-no-such-style = Einen Stil dieses Namens gibt es nicht. Die Liste der Stile zeigt die Kurznamen.
slip-no-such-version = Diese Version gibt es von diesem Stil nicht. Die neueste ist { $latest }.
slip-style-exists = Den Stil „{ $style }“ gibt es schon. Ändere ihn oder wähle einen anderen Namen.
slip-wrong-field = { $field ->
    [name] Das kann kein Name sein: Er hat ein bis vierzig Zeichen.
    [emoji] Das ist nicht ein Emoji. Schick ein einzelnes.
    [prompt] Diese Worte gehen nicht: Gib ein bis zweitausend Zeichen.
    [strength] Die Stärke ist subtle, medium oder strong.
    [steps] Schritte sind eine ganze Zahl von 1 bis 100.
    [graph] Einen Grundgraphen dieses Namens gibt es nicht. Wähle einen aus der Liste.
    [since] Diese Zeiten konnte ich nicht lesen. Schreib sie wie 2026-11-24 09:00, 09:00, +2h oder now; ein Strich lässt eine offen.
    [until] Das Ende ist eine Zeit wie 2026-11-24 18:00 oder +2h, nach dem Anfang; ein Strich lässt es offen.
    [limit] Die Grenze ist eine ganze Zahl von 0 bis 100.
    [hold] Schreib „/hold on“ oder „/hold off“.
    [words] Bitte gib ein bis fünfhundert Zeichen.
   *[other] „{ $field }“ kann das nicht sein. Bitte wähle etwas anderes.
}
slip-wrong-line = „{ $part }“ konnte ich nicht lesen. Schreib es so: zauberer 🧙 "an old wizard in a study" strength=medium graph=flux
slip-untested = Dieser Entwurf wurde so, wie er jetzt ist, noch nicht gemalt. Probier ihn erst aus.
slip-no-photo = Ich habe kein Foto von dir. Schick mir eines und versuch es dann noch einmal.
slip-not-drawable = { $number ->
    [one] So kann das kein Server malen. Der Grund:
   *[other] So kann das kein Server malen, aus { $number } Gründen:
}
slip-unusable-workflow = { $number ->
    [one] Diesen Workflow kann ich nicht verwenden. Der Grund:
   *[other] Diesen Workflow kann ich nicht verwenden, aus { $number } Gründen:
}
slip-unusable-set = { $number ->
    [one] Ich habe nichts aus dieser Datei übernommen. Etwas darin ist nicht zu verwenden:
   *[other] Ich habe nichts aus dieser Datei übernommen. { $number } ihrer Stile sind nicht zu verwenden:
}
slip-no-graph-renderer = Diese Fotobox hat kein ComfyUI. Setze PETAFLOP_COMFY_URLS und starte sie neu.
slip-no-server = Kein ComfyUI-Server ist erreichbar. Versuch es, sobald einer wieder da ist.
slip-no-such-filter = Einen Sofortfilter dieses Namens gibt es nicht.
set-too-large = Die Datei ist größer als { $limit_mib } MiB.
set-none = Das ist keine Stilsammlung, oder sie ist beschädigt. Schick mir die Datei genau so, wie /export sie gegeben hat.
set-unreadable = Das ist keine Stilsammlung, die ich lesen kann. Gestolpert bin ich über: { $place }
set-ids = Zwei Stile dieser Datei heißen gleich, oder einer trägt einen Namen, den ich für Entwürfe brauche.

# News that come by themselves.
news-set-aside = Der Stil „{ $style }“ ist { $times }-mal hintereinander gescheitert. Beim letzten Mal: { trouble-why }. Ich habe ihn beiseitegelegt: Gäste sehen ihn nicht. Bring ihn in Ordnung oder zeig ihn wieder.
news-imported = „{ $style }“ ist veröffentlicht, als Version { $version }.
news-not-imported = „{ $style }“ ließ sich hier nicht malen. Er wartet in deinen Entwürfen.
news-dry = Die Schlange ist abgearbeitet, und ich nehme keine Fotos mehr an. Du kannst die Fotobox jetzt ausschalten oder weitermachen.

# The audit list: who did it and when stands before.
act-claim = wurde Betreuer
act-new-code = machte einen Code für einen neuen Betreuer
act-add-maintainer = machte { $what } zum Betreuer
act-remove-maintainer = entfernte den Betreuer { $what }
act-start-draft = begann einen Entwurf von { $what }
act-change-draft = änderte den Entwurf von { $what }
act-drop-draft = verwarf den Entwurf von { $what }
act-publish = veröffentlichte { $what }
act-roll-back = ging zurück auf { $what }
act-hide = verbarg { $what }
act-show = zeigte { $what } wieder
act-schedule = legte Zeiten für { $what } fest
act-restrict = änderte, wo es { $what } gibt
act-reorder = stellte diese nach vorn: { $what }
act-set-aside = legte { $what } beiseite
act-export = exportierte { $what } Stile
act-import = importierte { $what }
act-pause = machte eine Pause
act-resume = ließ es weitergehen
act-limit = setzte die Grenze auf { $what }
act-ban = sperrte { $what }
act-unban = ließ { $what } wieder zu
act-announce = sagte { $what } Leuten etwas an
act-drain = ließ die Schlange auslaufen

# Charts.
stats-heading = Was wir gemacht haben
stats-guests = Gäste
stats-pictures = Bilder
stats-failures = gescheitert
stats-by-hour = Bilder je Stunde
stats-by-style = Bilder je Stil
status-heading = Wie es steht
status-waiting = warten
status-eta = bis zum Bild
status-troubles = Pannen in der Stunde
status-memory = Speicher und Platte belegt

# Was andere sehen

news-held = Bild { $number } wartet auf dein Ja, bevor es gezeigt wird.
news-reported = Ein Gast findet, dass Bild { $number } nicht gezeigt werden sollte. Bitte sieh es dir an.
news-reported-held = Mehrere Gäste finden, dass Bild { $number } nicht gezeigt werden sollte. Ich habe es abgenommen, bis jemand von euch es angesehen hat.
news-feed-lost = Feed { $feed } ist nicht mehr zu erreichen: Ich wurde dort entfernt, oder es gibt ihn nicht mehr. Ab jetzt poste ich dort nichts.
news-feed-closed = Feed { $feed } nimmt keine Bilder von mir an: Mir fehlen dort Rechte. Bitte lasst mich ihn sehen, Nachrichten senden und Bilder anhängen (auf Discord: Kanal anzeigen, Nachrichten senden, Links einbetten, Dateien anhängen; in Threads auch Nachrichten in Threads senden). Was geteilt wurde, wartet so lange.
slip-no-feed-here = Das kann kein Feed sein: Niemand sonst liest hier, oder ich bin nicht dabei. Schreib „/feed here“ in einer Gruppe, einem Kanal, Thema oder Thread.
slip-no-such-feed = Einen Feed mit dieser Nummer gibt es nicht.
slip-name-not-seen = Sein Gast hat inzwischen einen anderen Namen angegeben. Sieh ihn dir an, bevor er gezeigt wird.
slip-no-such-share = Dieses Bild ist nicht mehr geteilt, oder es steht schon, wie es soll.
slip-wrong-pin = Das ist nicht die PIN.
slip-pin-locked = Gerade gab es zu viele falsche PINs. Bitte versuch es in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
} noch einmal.
act-feed = hat { $what } zum Feed gemacht
act-no-feed = hat Feed { $what } beendet
act-hold = hat das Ansehen vor dem Teilen umgestellt: { $what }
act-take-down = hat ein Bild von der Wand genommen
act-let-show = hat ein Bild zeigen lassen
act-new-pin = hat eine neue PIN für die Wand gemacht
act-close-event = hat die Veranstaltung geschlossen
news-closed = Die Veranstaltung ist geschlossen: Alles von ihren Gästen ist gelöscht. { $number ->
    [0] Es war nichts geteilt.
    [one] Das geteilte Bild liegt im Archiv { $archive } im Datenverzeichnis.
   *[other] Die { $number } geteilten Bilder liegen im Archiv { $archive } im Datenverzeichnis.
}
slip-close-from-outside = Diese Fotobox teilt ihre Datenbank mit anderen. Ihr Betreiber schließt die Veranstaltung mit „petaflop close-event“.
