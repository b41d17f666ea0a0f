"""pygls' client, as its users have it, against `vakt kql lsp` over stdio: python pygls_client.py VAKT"""
import asyncio
import sys

from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient

PAGE = "file:///rules/page.md"
HUNT = "file:///rules/hunt.kql"
passed = failed = 0


def check(holds, what):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print(f"FAILED: {what}", flush=True)


class Client(BaseLanguageClient):
    """Keeps the problems that it is told, newest last."""

    def __init__(self):
        super().__init__("pygls-client", "1")
        self.told = asyncio.Queue()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def keep(params):
            self.told.put_nowait(params)

    async def open(self, uri, language, text):
        item = lsp.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.problems()

    async def problems(self):
        return await asyncio.wait_for(self.told.get(), 20)


def at(uri, line, character):
    return {"text_document": lsp.TextDocumentIdentifier(uri), "position": lsp.Position(line, character)}


def ranges(problems):
    return [(one.range.start.line, one.range.start.character, one.range.end.character) for one in problems.diagnostics]


async def greet(client, encodings):
    general = lsp.GeneralClientCapabilities(position_encodings=encodings)
    params = lsp.InitializeParams(capabilities=lsp.ClientCapabilities(general=general), process_id=None)
    answer = await client.initialize_async(params)
    client.initialized(lsp.InitializedParams())
    return answer.capabilities


async def editing(client):
    told = await client.open(HUNT, "kql", "DeviceEvents\n| wher ActionType == '😀'")
    check(ranges(told) == [(1, 2, 6)], f"one problem, not {told}")
    check(told.diagnostics[0].severity == lsp.DiagnosticSeverity.Error, "it is an error")
    change = lsp.TextDocumentContentChangePartial(
        range=lsp.Range(lsp.Position(1, 2), lsp.Position(1, 6)), text="where"
    )
    versioned = lsp.VersionedTextDocumentIdentifier(uri=HUNT, version=2)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(versioned, [change]))
    told = await client.problems()
    check(told.version == 2 and not told.diagnostics, f"the change mends it, not {told}")
    offered = await client.text_document_completion_async(lsp.CompletionParams(**at(HUNT, 1, 10)))
    labels = [item.label for item in offered.items]
    check("ActionType" in labels, f"columns are offered, not {labels[:9]}")
    hover = await client.text_document_hover_async(lsp.HoverParams(**at(HUNT, 0, 3)))
    check("DeviceEvents" in hover.contents.value, f"the table is explained, not {hover}")
    options = lsp.FormattingOptions(tab_size=4, insert_spaces=True)
    edits = await client.text_document_formatting_async(
        lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(HUNT), options)
    )
    check(edits[0].new_text == "DeviceEvents\n| where ActionType == '😀'\n", f"it is formatted, not {edits}")


async def names(client):
    uri = "file:///rules/names.kql"
    await client.open(uri, "kql", "let since = 1d;\nDeviceEvents | where Timestamp > ago(since)")
    found = await client.text_document_definition_async(lsp.DefinitionParams(**at(uri, 1, 39)))
    check((found.range.start.line, found.range.start.character) == (0, 4), f"the let is found, not {found}")
    context = lsp.ReferenceContext(include_declaration=True)
    uses = await client.text_document_references_async(lsp.ReferenceParams(context=context, **at(uri, 0, 5)))
    check(len(uses) == 2, f"both places are found, not {uses}")
    symbols = await client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
    )
    check([one.name for one in symbols] == ["since"], f"the let is listed, not {symbols}")


async def embedded(client):
    told = await client.open(PAGE, "markdown", "# Hunt\n\n```kql\nDeviceEvents\n| tak 5\n```\n")
    check(ranges(told) == [(4, 2, 5)], f"a problem in a fence, not {told}")
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(PAGE)))
    told = await client.problems()
    check(told.uri == PAGE and not told.diagnostics, "a closed document has no problems")


async def refused(client):
    try:
        await client.protocol.send_request_async("vakt/nothing", {})
        check(False, "an unknown request is answered")
    except Exception as error:
        check(getattr(error, "code", None) == -32601, f"method not found, not {error!r}")


async def session(vakt, encodings, expected):
    client = Client()
    await client.start_io(vakt, "kql", "lsp")
    capabilities = await greet(client, encodings)
    check(capabilities.position_encoding == expected, f"{expected}, not {capabilities.position_encoding}")
    check(capabilities.text_document_sync.change == lsp.TextDocumentSyncKind.Incremental, "changes are parts")
    for part in (editing, names, embedded, refused):
        await part(client)
    await client.shutdown_async(None)
    client.exit(None)
    await asyncio.wait_for(client._server.wait(), 20)
    check(client._server.returncode == 0, f"exit code 0, not {client._server.returncode}")
    await client.stop()


async def main(vakt):
    kinds = lsp.PositionEncodingKind
    await session(vakt, [kinds.Utf16], kinds.Utf16)
    await session(vakt, [kinds.Utf32, kinds.Utf8], kinds.Utf8)


asyncio.run(asyncio.wait_for(main(sys.argv[1]), 120))
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
