# Befehle der Betreuer, wie die Liste eines Chats sie beschreibt: höchstens hundert Zeichen.
console-maintain = Das Menü der Betreuer
console-claim = Betreuer werden, mit dem Code des Betreibers
console-addstyle = Einen neuen Stil machen, mit Worten oder einem Workflow
console-editstyle = Einen Entwurf aus einem Stil beginnen, den es gibt
console-drafts = Deine Entwürfe
console-managestyles = Alle Stile: wie oft, wie schnell, wer sie sieht
console-hide = Einen Stil von der Liste der Gäste nehmen, oder ein Bild von der Wand
console-showstyle = Einen Stil wieder auf die Liste der Gäste setzen
console-reorder = Diese Stile nach vorn stellen
console-schedule = Einen Stil von wann bis wann anbieten
console-restrict = Einen Stil nur in diesem Chat anbieten, oder überall
console-rollback = Eine frühere Version eines Stils zurückholen
console-export = Alle veröffentlichten Stile als Datei
console-import = Eine Stilsammlung aus einer Datei übernehmen
console-status = Wie es der Fotobox geht
console-stats = Gäste und Bilder, nach Stil und Stunde
console-pause = Eine Weile keine Fotos annehmen, mit Worten für Gäste
console-resume = Wieder Fotos annehmen
console-limit = Wie viele unfertige Bilder ein Gast haben darf
console-announce = Denen, die warten, etwas sagen
console-ban = Von jemandem keine Fotos mehr annehmen
console-unban = Von jemandem wieder Fotos annehmen
console-drain = Keine Fotos mehr annehmen und die Schlange leer werden lassen
console-maintainers = Wer Betreuer ist; jemanden hinzunehmen oder streichen
console-audit = Was Betreuer getan haben
console-more = … und { $number } weitere.

# Keys.
key-menu = Menü
key-styles = Stile
key-style = Stil
key-new-style = Neuer Stil
key-drafts = Entwürfe
key-draft = Entwurf
key-status = Zustand
key-stats = Zahlen
key-stats-today = Heute
key-stats-all = Insgesamt
key-csv = CSV
key-audit = Protokoll
key-pause = Pause
key-resume = Weiter
key-words = Worte für Gäste
key-announce = Durchsage
key-limit = Grenze
key-limit-any = Beliebig viele
key-limit-own = Wie eingestellt
key-drain = Leerlaufen
key-drain-now = Leerlaufen lassen
key-bans = Sperren
key-maintainers = Betreuer
key-hire = Hinzunehmen
key-export = Export
key-import = Import
key-edit = Ändern
key-hide = Verstecken
key-show = Zeigen
key-versions = Versionen
key-back-to = Zurück zu { $version }
key-plan = Zeitplan
key-first = Nach vorn
key-up = Höher
key-down = Tiefer
key-last = Ganz nach hinten
key-only-here = Nur in diesem Chat
key-also-here = Auch in diesem Chat
key-chats = Chats
key-everywhere = Überall
key-try-portrait = Am Porträt probieren
key-try-own = An meinem Foto probieren
key-adjust = Ändern
key-steps = Schritte
key-bindings = Was wohin geht
key-by-words = Doch mit Worten
key-by-workflow = Workflow schicken
key-bind-auto = Wie gefunden
key-publish = Veröffentlichen
key-drop = Verwerfen
key-refresh = Noch einmal
key-again = Noch einmal ausfüllen
key-keep = So lassen
key-skip = Leer lassen
key-stop = Abbrechen

# Views.
view-menu = { $state ->
    [paused] Die Fotobox macht Pause: Sie nimmt keine Fotos an.
    [closing] Die Schlange läuft leer: Die Fotobox nimmt keine Fotos mehr an.
   *[open] Die Fotobox ist offen.
}
view-styles = { $number ->
    [one] Ein Stil, wie Gäste ihn sehen:
   *[other] { $number } Stile, in der Reihenfolge, in der Gäste sie sehen:
}
view-style-version = { $version ->
    [0] Wie ausgeliefert
   *[other] Version { $version }
}
view-style-figures = { $uses ->
    [one] ein Bild
   *[other] { $uses } Bilder
}, { $failures } misslungen
view-versions = „{ $style }“ hat diese Versionen. Gäste haben { $version ->
    [0] die ausgelieferte
   *[other] { $version }
}.
mark-away = gerade kein Server dafür
mark-hidden = versteckt
mark-set-aside = beiseitegelegt: { trouble-why }
trouble-why = { $cause ->
    [graph] der Workflow kann nicht gelingen
    [refused] der Server lehnt den Workflow ab
    [no-server] kein Server kann den Stil malen
    [no-picture] es kam kein Bild heraus
    [black] das Bild war schwarz
    [timeout] es dauerte zu lange
    [memory] der Speicher war zu klein
    [device] die GPU ist ausgefallen
    [lost] der Server hat das Bild verloren
    [interrupted] das Bild wurde auf dem Server abgebrochen
    [crashed] der Arbeitsprozess ist abgestürzt
   *[other] { $cause }
}
mark-planned = { $since } bis { $until }
mark-open = offen
mark-restricted = { $number ->
    [one] nur in einem Chat
   *[other] nur in { $number } Chats
}
mark-owner = in den Einstellungen des Betreibers
mark-this-chat = dieser Chat
view-chats = „{ $style }“ gibt es { $number ->
    [0] in jedem Chat.
    [one] nur in einem Chat:
   *[other] nur in { $number } Chats:
}
view-chats-others = Hier haben Gäste zuletzt Fotos geschickt:
view-chats-how = „+“ bietet ihn in einem Chat an, „✕“ nicht mehr. Für jeden anderen Chat schreib dort „/restrict { $style } here“.
view-drafts = { $number ->
    [0] Du hast keine Entwürfe.
    [one] Du hast einen Entwurf:
   *[other] Du hast { $number } Entwürfe:
}
view-draft-workflow = Ein Workflow mit { $number ->
    [one] einem Knoten
   *[other] { $number } Knoten
}
view-draft-graph = Graph: { $graph }
view-draft-filter = Sofortfilter: { $filter }
view-draft-strength = Stärke: { $strength }
view-draft-steps = Schritte: { $steps }
view-draft-complaints = Das habe ich gefunden:
view-draft-state = { $state ->
    [tested] So, wie er jetzt ist, wurde er ausprobiert: Er kann veröffentlicht werden.
    [wrong] Ist das behoben, probier ihn aus. Dann kann er veröffentlicht werden.
   *[untested] Probier ihn aus, dann kann er veröffentlicht werden.
}
view-bindings = Das geht wohin im Workflow. Drück auf das, was du ändern möchtest.
view-places = { $role }: wohin?
binding-none = nirgendwohin
binding-choose = bitte wählen
role-photo = Foto
role-prompt = Worte
role-seed = Zufallszahl
role-strength = Stärke
role-steps = Schritte
role-size = Größe
role-output = Ergebnis
view-limit = { $kind ->
    [any] Ein Gast darf beliebig viele unfertige Bilder haben.
    [number] Ein Gast darf so viele unfertige Bilder haben: { $number }.
   *[own] Ein Gast darf so viele unfertige Bilder haben, wie eingestellt ist.
} Wie viele sollen es sein?
view-drain = Ich würde keine Fotos mehr annehmen, die Schlange zu Ende malen und dir sagen, wann sie leer ist. Soll ich?
view-crew = { $number ->
    [one] Es gibt einen Betreuer:
   *[other] Es gibt { $number } Betreuer:
}
view-audit = Was getan wurde, das Neueste zuerst:
view-bans = { $number ->
    [0] Niemand ist gesperrt. Um jemanden zu sperren, antworte mit /ban auf eine seiner Nachrichten.
    [one] Ein Gast ist gesperrt:
   *[other] { $number } Gäste sind gesperrt:
}
audit-house = die Fotobox
audit-nothing = nichts
view-status = PETaflop { $version }, seit { $up } wach, { $database }. { $state ->
    [paused] Pause.
    [closing] Läuft leer.
   *[open] Offen.
}
status-disk = Platte: { $free } von { $total } GiB frei
status-line = Schlange „{ $renderer }“: { $waiting } warten, { $rendering } von { $slots } werden gemalt, { $eta } s bis zum Bild
status-seen = zuletzt gesehen vor { $ago }
status-heard = gehört vor { $ago }
status-backlog = { $number } aufgestaut
status-had = Störungen der letzten Stunde: { $kinds }
status-well = Keine Störungen in der letzten Stunde.
doing-away = nicht erreichbar
doing-idle = frei
doing-rendering = malt
doing-resting = ruht nach einem Fehler der Grafikkarte
doing-stuck = hängt: Nur ein Neustart hilft
uplink-up = steht
uplink-down = steht nicht
view-stats = { $span ->
    [all] Insgesamt
   *[today] Heute
}: { $guests ->
    [one] ein neuer Gast
   *[other] { $guests } neue Gäste
}, { $pictures ->
    [one] ein Bild
   *[other] { $pictures } Bilder
}, { $failures } misslungen.
view-places-scanned = Gescannte Codes:
view-csv = Alles, was gezählt wurde, nach Stunde, Stil und Plattform.
view-export = Alle Stile, die Betreuer veröffentlicht haben. Schick mir diese Datei an einer anderen Fotobox, dann gibt es sie auch dort.
view-import = Schick mir hier eine Datei: eine Sammlung, die eine andere Fotobox exportiert hat, oder einen Workflow (ComfyUI: Workflow → Export (API)). Die Worte unter einem Workflow benennen seinen Stil.

# What was done.
told-begun = Hier ist dein Entwurf von „{ $style }“. Probier ihn aus, bevor Gäste ihn bekommen.
told-editing = Hier ist dein Entwurf von „{ $style }“. Gäste behalten, was sie haben, bis du ihn veröffentlichst.
told-editing-drawn = Hier ist dein Entwurf von „{ $style }“. Gäste behalten, was sie haben, bis du ihn veröffentlichst. Wenn du jetzt einen Workflow schickst, malt er diesen Entwurf.
told-editing-drawn-here = Hier ist dein Entwurf von „{ $style }“. Gäste behalten, was sie haben, bis du ihn veröffentlichst. Ein Workflow, den du mir in diesem Chat mit /addstyle gibst, malt diesen Entwurf.
told-awaiting-here = Gib mir den Workflow für „{ $style }“ in diesem Chat, mit /addstyle: in ComfyUI „Workflow → Export (API)“. Er tritt an die Stelle dessen, was den Entwurf malt.
told-awaiting = Schick mir jetzt den Workflow für „{ $style }“: in ComfyUI „Workflow → Export (API)“. Er tritt an die Stelle dessen, was den Entwurf malt.
told-changed = Geändert.
told-trying = Ich probiere „{ $style }“ aus. Die Karte kommt gleich.
told-published-first = „{ $style }“ ist veröffentlicht, als Version { $version }. Gäste haben ihn jetzt.
told-published = „{ $style }“ ist veröffentlicht, als Version { $version }. Gäste haben ihn jetzt; unter „Versionen“ holst du den vorigen zurück.
told-dropped = Der Entwurf von „{ $style }“ ist weg.
told-workflow = Ich habe den Workflow für „{ $style }“ gelesen: { $number ->
    [one] ein Knoten
   *[other] { $number } Knoten
}. Sieh nach, ob alles dorthin geht, wohin es soll, und probier ihn dann aus.
told-imported = { $number ->
    [one] Ein Stil kam mit der Datei. Ich male ihn jetzt und veröffentliche ihn, wenn das gelingt.
   *[other] { $number } Stile kamen mit der Datei. Ich male sie jetzt und veröffentliche jeden, wenn das gelingt.
}
told-hidden = Gäste sehen „{ $style }“ nicht mehr.
told-shown = Gäste sehen „{ $style }“ wieder.
told-back = „{ $style }“ ist zurück bei Version { $version }.
told-moved = „{ $style }“ steht auf Platz { $place }.
told-ordered = Diese kommen jetzt zuerst.
told-only-here = „{ $style }“ gibt es nur in diesem Chat.
told-also-here = „{ $style }“ gibt es jetzt auch in diesem Chat.
told-everywhere = „{ $style }“ gibt es in jedem Chat.
told-planned = Der Zeitplan von „{ $style }“ steht.
told-paused = Die Fotobox macht Pause. Die Schlange geht weiter; neue Fotos lehne ich freundlich ab.
told-resumed = Die Fotobox nimmt Fotos an.
told-limit = { $kind ->
    [any] Ein Gast darf jetzt beliebig viele unfertige Bilder haben.
    [number] Ein Gast darf jetzt so viele unfertige Bilder haben: { $number }.
   *[own] Es gilt wieder die eingestellte Grenze.
}
told-announced = { $number ->
    [0] Gerade wartet niemand, also habe ich es niemandem gesagt.
    [one] Ich sage es dem einen, der wartet.
   *[other] Ich sage es den { $number }, die warten.
}
told-draining = { $number ->
    [0] Ich nehme keine Fotos mehr an. Die Schlange ist leer.
    [one] Ich nehme keine Fotos mehr an. Ein Bild ist noch zu malen; ich sage dir, wenn es fertig ist.
   *[other] Ich nehme keine Fotos mehr an. { $number } Bilder sind noch zu malen; ich sage dir, wenn sie fertig sind.
}
told-hired = { $guest } ist jetzt Betreuer.
told-hired-before = { $guest } war schon Betreuer.
told-fired = { $guest } ist kein Betreuer mehr.
told-banned = Ich nehme von { $guest } keine Fotos mehr an.
told-banned-before = { $guest } war schon gesperrt.
told-unbanned = Ich nehme von { $guest } wieder Fotos an.
told-unbanned-before = { $guest } war nicht gesperrt.
told-claimed = Willkommen: Du bist jetzt Betreuer.
told-claimed-before = Du bist schon Betreuer.
told-stopped = Abgebrochen. Nichts wurde geändert.
told-interrupted = Ich wurde dabei unterbrochen. Die Liste sagt, ob es getan ist; wenn nicht, bitte mich noch einmal.

# Forms.
form-new = Neuer Stil
form-adjust = Den Entwurf ändern
form-words = Worte statt des Workflows
form-plan = Wann es ihn gibt
form-pause = Worte für die Pause
form-announce = Durchsage
form-hiring = Neuer Betreuer
ask-name = Wie nennen ihn Gäste?
ask-name-hint = Ein bis vierzig Zeichen, in deiner Sprache.
ask-emoji = Welches Emoji?
ask-emoji-hint = Ein einzelnes.
ask-prompt = Mit welchen Worten?
ask-prompt-hint = Leer bleiben die Worte, die der Graph schon hat.
ask-strength = Wie weit weg vom Foto?
ask-strength-hint = Manche Graphen kennen keine Stärke; dann entscheiden die Worte.
ask-graph = Auf welchem Graphen?
ask-graph-hint = Der erste kann gerade gemalt werden, wenn es überhaupt einer kann.
ask-steps = Wie viele Schritte?
ask-steps-hint = Eine ganze Zahl von 1 bis 100; leer entscheidet der Graph.
ask-since = Ab wann?
ask-until = Bis wann?
ask-moment-hint = Wie 2026-11-24 09:00, 09:00, +2h oder now, nach der Uhr der Fotobox. Ein Strich lässt es offen.
ask-pause = Was sollen Gäste lesen?
ask-pause-hint = Bis zu fünfhundert Zeichen. Leer sage ich es in meinen eigenen Worten.
ask-announce = Was soll ich ihnen sagen?
ask-announce-hint = Bis zu fünfhundert Zeichen, an alle, die auf ein Bild warten.
ask-guest = Wer?
ask-guest-hint = Die Nummer auf dieser Plattform oder ein Schlüssel wie telegram:123.
asking-present = Jetzt steht da: { $value }
strength-none = dem Graphen überlassen
strength-subtle = sanft
strength-medium = mittel
strength-strong = stark
workflow-nameless = Workflow

# Slips.
slip-old-key = Dieser Knopf ist zu alt, oder seine Frage ist beantwortet. Bitte beginn noch einmal beim Menü.
slip-no-answer = Das kann ich nicht als Antwort nehmen. Drück einen der Knöpfe oder schreib etwas.
slip-answer-too-long = Das ist zu lang: { $limit ->
    [one] ein Zeichen ist
   *[other] { $limit } Zeichen sind
} das Höchste.

# Was geteilt ist
console-feed = Geteilte Bilder in diesem Chat posten, oder sehen, wo sie hängen
console-hold = Jedes Bild ansehen, bevor es gezeigt wird
console-held = Bilder, die auf ein Ja warten
console-letshow = Ein zurückgehaltenes oder abgenommenes Bild zeigen
console-wall = Wo die Wand ist, und ihre PIN
key-held = Wartende
key-holding = Ansehen
key-hold-on = Erst jedes ansehen
key-hold-off = Sofort zeigen
key-look = Ansehen
key-let-show = Zeigen
key-take-down = Abnehmen
key-feeds = Feeds
key-feed-here = Hier posten
key-wall = Wand
key-new-pin = Neue PIN
view-held = { $number ->
    [0] Kein Bild wartet auf ein Ja.
    [one] Ein Bild wartet auf ein Ja:
   *[other] { $number } Bilder warten auf ein Ja:
}
view-held-in-private = Ich zeige sie nur im privaten Chat: Noch soll sie niemand sonst sehen.
view-holding = { $state ->
    [on] Jedes geteilte Bild wartet auf ein Ja, bevor es jemand sieht.
   *[off] Was Gäste teilen, wird sofort gezeigt.
}
share-shown = Es wird gezeigt.
share-held = Es wartet auf ein Ja.
share-hidden = Es wurde abgenommen.
view-feeds = { $number ->
    [0] Geteilte Bilder werden noch nirgends gepostet.
    [one] Geteilte Bilder werden in einem Chat gepostet:
   *[other] Geteilte Bilder werden in { $number } Chats gepostet:
}
view-feeds-how = Schreib „/feed here“ in einer Gruppe, einem Kanal, Thema oder Thread, wo ich posten darf. „✕“ beendet einen; was dort hängt, bleibt, bis es zurückgenommen wird.
view-wall = { $number ->
    [0] Die Wand ist nur auf diesem Rechner zu sehen: Lass die Fotobox im lokalen Netz lauschen (PETAFLOP_HOST).
   *[other] Die Wand, für einen Bildschirm im selben Netz:
}
view-wall-pin = PIN, um an der Wand ein Bild abzunehmen: { $pin }
view-wall-in-private = Die PIN der Wand sage ich nur im privaten Chat.
told-hold = { $state ->
    [on] Ab jetzt wartet jedes Bild auf ein Ja.
   *[off] Ab jetzt werden Bilder sofort gezeigt. Was schon wartet, wartet weiter.
}
told-name-not-seen = Bild { $number } wird noch nicht gezeigt: Daneben steht ein Name, den du noch nicht angesehen hast. Namen siehst du in einem privaten Chat; drück dort „Zeigen“, wenn er in Ordnung ist.
told-let-show = Bild { $number } wird gezeigt.
told-taken-down = Bild { $number } ist abgenommen, hier und in allen Feeds. Es gehört weiter seinem Gast.
told-new-pin = Es gibt eine neue PIN; die vorige gilt nicht mehr.
told-feed = Was ab jetzt geteilt wird, poste ich hier.
told-feed-before = Geteilte Bilder poste ich hier schon.
told-no-feed = In Feed { $number } wird nichts mehr gepostet.
console-closeevent = Geteiltes exportieren, dann alles von der Veranstaltung löschen
key-close-now = Schließen und alles löschen
view-close = Damit endet die Veranstaltung: Gäste, Fotos, Bilder, Geteiltes und was in Feeds hängt, wird endgültig gelöscht. { $number ->
    [0] Gerade ist nichts geteilt, es gibt also nichts aufzuheben.
    [one] Das eine geteilte Bild kommt vorher in ein Archiv im Datenverzeichnis.
   *[other] Die { $number } geteilten Bilder kommen vorher in ein Archiv im Datenverzeichnis.
} Stile, Betreuer und Zahlen bleiben. Soll ich?
told-closing = Ich schließe die Veranstaltung. Wenn alles weg ist, sage ich es euch.
