# What a maintainer is told about a workflow. Node, input and model names come from the file, shortened.

# The file.
workflow-too-large = This file is larger than { $limit_kib } KiB. A workflow has a few dozen: is it the right file?
workflow-is-picture = This is a picture. Open it in ComfyUI, then send me the file that “Workflow → Export (API)” writes.
workflow-not-text = This is no UTF-8 text. Send me the file just as “Workflow → Export (API)” writes it.
workflow-not-json = This is no JSON, or it is cut off. Send me the file just as “Workflow → Export (API)” writes it.
workflow-too-much = There are more than { $limit } values in this file. No workflow that I know needs so many.
workflow-too-deep = This file is nested deeper than { $limit } levels. No workflow that I know is.
workflow-doubled-key = The name “{ $name }” is there twice in one place, so that nobody can tell which one counts.
workflow-odd-number = There is a number in this file that no program agrees about: not a number, infinite, or huge.
workflow-odd-text = There is a character in this file that no text may hold.
workflow-editor-format = This is the editor's own format. In ComfyUI choose “Workflow → Export (API)” and send me that file. Where the menu doesn't have it, turn on “Dev mode” in the settings.
workflow-no-workflow = This is JSON, but no workflow. Send me the file that ComfyUI's “Workflow → Export (API)” writes.
workflow-empty = This workflow has no nodes.
workflow-too-many-nodes = This workflow has { $count } nodes; { $limit } is the most I take.

# Nodes and links.
workflow-node-odd = Node { $node } has no class_type, no inputs, or an odd name.
workflow-link-odd = Input “{ $input }” of node { $node } holds an array that is no link.
workflow-link-dangling = Input “{ $input }” of node { $node } comes from node { $source }, which is missing.
workflow-circle = These nodes depend on each other in a circle: { $nodes }.
workflow-unsafe-name = Input “{ $input }” of node { $node } names a file outside of its folder. Use a plain name.

# Where things go.
workflow-no-role = { $role ->
    [photo] There is no place for the guest's photo: add a “Load Image” node.
    [output] There is no output: end the workflow with a “Save Image” node.
   *[other] The workflow has no { $role }.
}
workflow-photo-not-reached = The picture is not made from the photo: nothing leads from “{ $node }” to the output.
workflow-ambiguous = { $role ->
    [output] Several nodes could be the output: { $nodes }. Choose one here, or give it the title “output” in ComfyUI.
   *[other] Several nodes could be the { $role }: { $nodes }. Choose one here, or give it the title “{ $role }” in ComfyUI.
}
workflow-no-place = The workflow has no place for the { $role }.
workflow-no-such-place = The { $role } can't go to “{ $place }”: that place is not in this workflow, or its picture doesn't need it.
workflow-nodes-left-out = Nodes that the picture doesn't need are left out: { $count ->
    [one] one
   *[other] { $count }
}.

# Node types that are refused.
workflow-forbidden-code = Node { $node } ({ $type }) can run code, so I don't take it.
workflow-forbidden-network = Node { $node } ({ $type }) can send or fetch things over the network, so I don't take it.
workflow-forbidden-cloud = Node { $node } ({ $type }) sends the guest's photo to a paid service elsewhere, so I don't take it.
workflow-forbidden-read = Node { $node } ({ $type }) reads files of the server, which may hold other guests' pictures, so I don't take it.
workflow-forbidden-write = Node { $node } ({ $type }) writes files on the server, and nobody would erase them, so I don't take it.
workflow-forbidden-device = Node { $node } ({ $type }) uses a camera or microphone, so I don't take it.
workflow-forbidden-train = Node { $node } ({ $type }) trains or saves models, so I don't take it.
workflow-forbidden-owner = Node { $node } ({ $type }) was forbidden by this booth's owner.
workflow-forbidden-custom = Node { $node } ({ $type }) is a custom node of { $pack }, and I can't know what it does. The owner can allow it with PETAFLOP_ALLOWED_NODES.
workflow-second-photo = Node { $node } loads another file of the server. Only the guest's photo is loaded here.

# Held against a server.
workflow-no-server = No ComfyUI server is within reach just now, so I can't tell whether this works. Try again when one is back.
workflow-missing-type = The server has no node type “{ $type }” (node { $node }): a custom node is missing, or an update.
workflow-missing-type-near = The server has no node type “{ $type }” (node { $node }): a custom node is missing, or an update. Did you mean “{ $nearest }”?
workflow-missing-model = Input “{ $input }” of node { $node } names the model file “{ $value }”, which the server lacks.
workflow-missing-model-near = Input “{ $input }” of node { $node } names the model file “{ $value }”, which the server lacks. Did you mean “{ $nearest }”?
workflow-not-a-choice = Input “{ $input }” of node { $node } can't be “{ $value }”.
workflow-not-a-choice-near = Input “{ $input }” of node { $node } can't be “{ $value }”. Did you mean “{ $nearest }”?
workflow-input-missing = Input “{ $input }” of node { $node } is missing.
workflow-not-a-number = Input “{ $input }” of node { $node } is not a number.
workflow-below-minimum = Input “{ $input }” of node { $node } is { $value }, below its minimum of { $limit }.
workflow-above-maximum = Input “{ $input }” of node { $node } is { $value }, above its maximum of { $limit }.
workflow-needs-link = Input “{ $input }” of node { $node } takes { $kind } from another node, but nothing leads there.
workflow-no-such-output = Input “{ $input }” of node { $node } wants output { $slot } of node { $source }, which has none.
workflow-other-kind = Input “{ $input }” of node { $node } takes { $wanted }, but node { $source } gives { $given }.

# A definition.
workflow-no-graph = There is no base graph called “{ $name }”.
workflow-no-strength = { $name } knows no strength: the words say how far it goes.
workflow-other-strength = The strength is one of { $steps }.
