# Was ein Betreuer über einen Workflow erfährt. Namen von Knoten, Eingängen und Modellen kommen aus der Datei, gekürzt.

# Die Datei.
workflow-too-large = Diese Datei ist größer als { $limit_kib } KiB. Ein Workflow hat ein paar Dutzend: Ist es die richtige Datei?
workflow-is-picture = Das ist ein Bild. Öffne es in ComfyUI und schick mir dann die Datei, die „Workflow → Export (API)“ schreibt.
workflow-not-text = Das ist kein UTF-8-Text. Schick mir die Datei so, wie „Workflow → Export (API)“ sie schreibt.
workflow-not-json = Das ist kein JSON, oder es ist abgeschnitten. Schick mir die Datei so, wie „Workflow → Export (API)“ sie schreibt.
workflow-too-much = In dieser Datei stehen mehr als { $limit } Werte. Ich kenne keinen Workflow, der so viele braucht.
workflow-too-deep = Diese Datei ist tiefer als { $limit } Ebenen verschachtelt. Ich kenne keinen Workflow, der das ist.
workflow-doubled-key = Der Name „{ $name }“ steht an einer Stelle zweimal da; welcher gilt, kann niemand wissen.
workflow-odd-number = In dieser Datei steht eine Zahl, über die sich Programme nicht einig sind: keine Zahl, unendlich oder riesig.
workflow-odd-text = In dieser Datei steht ein Zeichen, das kein Text enthalten darf.
workflow-editor-format = Das ist das Format des Editors selbst. Wähl in ComfyUI „Workflow → Export (API)“ und schick mir diese Datei. Fehlt das im Menü, schalte in den Einstellungen den „Dev mode“ ein.
workflow-no-workflow = Das ist JSON, aber kein Workflow. Schick mir die Datei, die „Workflow → Export (API)“ in ComfyUI schreibt.
workflow-empty = Dieser Workflow hat keine Knoten.
workflow-too-many-nodes = Dieser Workflow hat { $count } Knoten; mehr als { $limit } nehme ich nicht.

# Knoten und Verbindungen.
workflow-node-odd = Knoten { $node } hat keinen class_type, keine inputs oder einen seltsamen Namen.
workflow-link-odd = Eingang „{ $input }“ von Knoten { $node } enthält eine Liste, die keine Verbindung ist.
workflow-link-dangling = Eingang „{ $input }“ von Knoten { $node } kommt von Knoten { $source }, und den gibt es nicht.
workflow-circle = Diese Knoten hängen im Kreis voneinander ab: { $nodes }.
workflow-unsafe-name = Eingang „{ $input }“ von Knoten { $node } nennt eine Datei außerhalb ihres Ordners. Nimm einen schlichten Namen.

# Was wohin kommt.
workflow-no-role = { $role ->
    [photo] Für das Foto des Gastes gibt es keinen Platz: Nimm einen Knoten „Load Image“ dazu.
    [output] Es gibt keinen Ausgang: Beende den Workflow mit einem Knoten „Save Image“.
   *[other] Dem Workflow fehlt: { $role }.
}
workflow-photo-not-reached = Das Bild entsteht nicht aus dem Foto: Von „{ $node }“ führt nichts zum Ausgang.
workflow-ambiguous = { $role ->
    [output] Mehrere Knoten könnten der Ausgang sein: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „output“.
    [photo] Mehrere Knoten könnten das Foto aufnehmen: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „photo“.
    [prompt] Mehrere Knoten könnten der Prompt sein: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „prompt“.
    [strength] Mehrere Knoten könnten die Stärke bestimmen: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „strength“.
    [steps] Mehrere Knoten könnten die Schritte bestimmen: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „steps“.
    [size] Mehrere Knoten könnten die Größe bestimmen: { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „size“.
   *[other] Mehrere Knoten kommen in Frage ({ $role }): { $nodes }. Wähl hier einen, oder gib ihm in ComfyUI den Titel „{ $role }“.
}
workflow-no-place = { $role ->
    [prompt] Der Workflow hat keinen Platz für einen Prompt.
    [strength] Der Workflow hat keinen Platz für eine Stärke.
    [steps] Der Workflow hat keinen Platz für die Schritte.
   *[other] Der Workflow hat dafür keinen Platz: { $role }.
}
workflow-no-such-place = „{ $place }“ geht hier nicht ({ $role }): Diese Stelle gibt es im Workflow nicht, oder das Bild braucht sie nicht.
workflow-nodes-left-out = Knoten, die das Bild nicht braucht, bleiben weg: { $count ->
    [one] einer
   *[other] { $count }
}.

# Arten von Knoten, die nicht angenommen werden.
workflow-forbidden-code = Knoten { $node } ({ $type }) kann Programme ausführen; ich nehme ihn nicht an.
workflow-forbidden-network = Knoten { $node } ({ $type }) kann etwas über das Netz senden oder holen; ich nehme ihn nicht an.
workflow-forbidden-cloud = Knoten { $node } ({ $type }) schickt das Foto des Gastes an einen bezahlten Dienst anderswo; ich nehme ihn nicht an.
workflow-forbidden-read = Knoten { $node } ({ $type }) liest Dateien des Servers, vielleicht Bilder anderer Gäste; ich nehme ihn nicht an.
workflow-forbidden-write = Knoten { $node } ({ $type }) schreibt Dateien auf den Server, die niemand löschen würde; ich nehme ihn nicht an.
workflow-forbidden-device = Knoten { $node } ({ $type }) benutzt Kamera oder Mikrofon; ich nehme ihn nicht an.
workflow-forbidden-train = Knoten { $node } ({ $type }) trainiert oder speichert Modelle; ich nehme ihn nicht an.
workflow-forbidden-owner = Knoten { $node } ({ $type }) hat der Besitzer dieser Fotobox verboten.
workflow-forbidden-custom = Knoten { $node } ({ $type }) gehört zur Erweiterung { $pack }, und was er tut, kann ich nicht wissen. Der Besitzer kann ihn mit PETAFLOP_ALLOWED_NODES erlauben.
workflow-second-photo = Knoten { $node } lädt eine weitere Datei des Servers. Geladen wird hier nur das Foto des Gastes.

# Neben einen Server gehalten.
workflow-no-server = Gerade ist kein ComfyUI-Server zu erreichen; ob das geht, kann ich nicht sagen. Versuch es noch einmal, wenn einer wieder da ist.
workflow-missing-type = Der Server kennt keinen Knoten der Art „{ $type }“ (Knoten { $node }): Eine Erweiterung fehlt, oder ein Update.
workflow-missing-type-near = Der Server kennt keinen Knoten der Art „{ $type }“ (Knoten { $node }): Eine Erweiterung fehlt, oder ein Update. Meinst du „{ $nearest }“?
workflow-missing-model = Eingang „{ $input }“ von Knoten { $node } nennt die Modelldatei „{ $value }“, die dem Server fehlt.
workflow-missing-model-near = Eingang „{ $input }“ von Knoten { $node } nennt die Modelldatei „{ $value }“, die dem Server fehlt. Meinst du „{ $nearest }“?
workflow-not-a-choice = Eingang „{ $input }“ von Knoten { $node } kann nicht „{ $value }“ sein.
workflow-not-a-choice-near = Eingang „{ $input }“ von Knoten { $node } kann nicht „{ $value }“ sein. Meinst du „{ $nearest }“?
workflow-input-missing = Eingang „{ $input }“ von Knoten { $node } fehlt.
workflow-not-a-number = Eingang „{ $input }“ von Knoten { $node } ist keine Zahl.
workflow-below-minimum = Eingang „{ $input }“ von Knoten { $node } ist { $value }, weniger als das Mindeste: { $limit }.
workflow-above-maximum = Eingang „{ $input }“ von Knoten { $node } ist { $value }, mehr als das Höchste: { $limit }.
workflow-needs-link = Eingang „{ $input }“ von Knoten { $node } braucht { $kind } von einem anderen Knoten, aber nichts führt dorthin.
workflow-no-such-output = Eingang „{ $input }“ von Knoten { $node } will Ausgang { $slot } von Knoten { $source }, und den hat der nicht.
workflow-other-kind = Eingang „{ $input }“ von Knoten { $node } nimmt { $wanted }, aber Knoten { $source } gibt { $given }.

# Eine Stilbeschreibung.
workflow-no-graph = Einen Grundgraphen „{ $name }“ gibt es nicht.
workflow-no-strength = { $name } kennt keine Stärke: Wie weit es geht, sagen die Worte.
workflow-other-strength = Die Stärke ist eine von { $steps }.
