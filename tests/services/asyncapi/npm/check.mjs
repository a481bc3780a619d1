// Reads a list of documents, and says of each what the official parser finds wrong with it and what it understands.

import { text } from "node:stream/consumers";
import { Parser } from "@asyncapi/parser";

const parser = new Parser();

function understood(document) {
  return document.operations().all().map((operation) => ({
    id: operation.id(),
    action: operation.action(),
    addresses: operation.channels().all().map((channel) => channel.address()),
    parameters: operation.channels().all().flatMap((channel) => channel.parameters().all().map((one) => one.id())),
    messages: operation.messages().all().map((message) => ({
      name: message.name(),
      contentType: message.contentType(),
      headers: Object.keys(message.headers()?.properties() ?? {}),
      // As the parser sees it, behind references.
      payload: Object.keys(message.payload()?.properties() ?? {}),
      key: message.bindings().get("kafka")?.value().key?.type,
    })),
  }));
}

const answers = [];
for (const one of JSON.parse(await text(process.stdin))) {
  const { document, diagnostics } = await parser.parse(one);
  answers.push({
    diagnostics: diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path: path.join(".") })),
    operations: document ? understood(document) : null,
  });
}
process.stdout.write(JSON.stringify(answers));
