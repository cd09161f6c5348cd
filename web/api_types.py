#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the types of the API for the web interface, as relevod itself describes it: src/api/schema.ts.

Usage: api_types.py OPENAPI.json|- > src/api/schema.ts     (curl -s http://127.0.0.1:8383/api/v1/openapi.json)"""

import json
import re
import sys

HEAD = """// SPDX-License-Identifier: LGPL-2.1-or-later
// What the API takes and gives. Made by api_types.py of what relevod says of itself: do not edit.

"""
SIMPLE = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def camel(words):
    return "".join(part.capitalize() for part in re.split(r"\W+", words))


def singular(word):
    return re.sub("s$", "", re.sub("ies$", "y", word))


class Types:
    """Schemas as TypeScript; what answers have in common gets a name."""

    def __init__(self):
        self.names = {}  # the text of a schema: its name
        self.named = {}  # a name: its schema

    def name(self, schema, path):
        """For what a list at that path holds, or what is there."""
        key = json.dumps(schema, sort_keys=True)
        if schema.get("type") != "object" or not schema.get("properties") or key in self.names:
            return
        literals = [part for part in path.split("/")[3:] if not part.startswith("{")]
        for count in range(1, len(literals) + 1):
            name = "".join(camel(singular(part)) for part in literals[-count:])
            if name not in self.named:
                self.names[key], self.named[name] = name, schema
                return

    def given(self, schema, indent="", top=False):
        """As it comes: all is there, unless the schema says what is required."""
        key = json.dumps(schema, sort_keys=True)
        if not top and key in self.names:
            return self.names[key]
        return self.write(schema, indent, self.given, lambda name: name in schema.get("required", schema["properties"]))

    def taken(self, schema, indent=""):
        """As it may be sent: what is read-only is not, and all else may be left out, unless it is required."""
        properties = {name: one for name, one in schema.get("properties", {}).items() if not one.get("readOnly")}
        if schema.get("type") == "object" and schema.get("properties"):
            schema = schema | {"properties": properties}
        return self.write(schema, indent, self.taken, lambda name: name in schema.get("required", []))

    @staticmethod
    def write(schema, indent, inner, is_there):
        kind = schema.get("type")
        if "enum" in schema:
            text = " | ".join(json.dumps(one) for one in schema["enum"])
        elif kind == "array":
            text = inner(schema["items"], indent)
            text = f"({text})[]" if "|" in text and not text.startswith("{") else f"{text}[]"
        elif kind == "object" and schema.get("properties"):
            lines = []
            for name, one in schema["properties"].items():
                if "description" in one:
                    lines.append(f"{indent}  /** {one['description']} */\n")
                lines.append(f"{indent}  {name}{'' if is_there(name) else '?'}: {inner(one, indent + '  ')};\n")
            text = "{\n" + "".join(lines) + indent + "}" if lines else "Record<string, never>"
        else:
            text = SIMPLE.get(kind, "Record<string, unknown>" if kind == "object" else "unknown")
        return f"{text} | null" if schema.get("nullable") else text


def content(answer):
    return answer.get("content", {}).get("application/json", {}).get("schema")


def items_of(schema):
    """What a list or a page of one holds; else the thing itself."""
    if schema.get("type") == "array":
        return schema["items"]
    pages = schema.get("properties", {}).get("items", {})
    return pages["items"] if pages.get("type") == "array" else schema


def main():
    with sys.stdin if sys.argv[1] == "-" else open(sys.argv[1], encoding="utf-8") as file:
        description = json.load(file)
    operations = [(method.upper(), path, operation) for path, methods in sorted(description["paths"].items())
                  for method, operation in sorted(methods.items())]
    types = Types()
    for method, path, operation in sorted(operations, key=lambda one: one[1].count("/")):  # the plainest has the name
        if method == "GET" and (answer := content(operation["responses"].get("2XX", {}))):
            types.name(items_of(answer), path)

    out = [HEAD]
    for name, schema in sorted(types.named.items()):
        out.append(f"export interface {name} {types.given(schema, top=True)}\n\n")
    for name, schema in sorted(description["components"]["schemas"].items()):
        if "enum" in schema:
            out.append(f"export type {name} = {types.given(schema)};\n\n")
    out.append("/** Of each operation: what its query may say, what it takes, what it gives. */\nexport interface Operations {\n")
    for method, path, operation in operations:
        query = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "query"}
        taken, given = content(operation.get("requestBody", {})), content(operation["responses"].get("2XX", {}))
        asked = "".join(f"{name}?: {types.taken(schema)}; " for name, schema in query.items())
        out.append(f"  /** {operation.get('summary', '')} */\n  '{method} {path}': {{\n"
                   f"    query: {'{ ' + asked + '}' if asked else 'Record<string, never>'};\n"
                   f"    takes: {types.taken(taken, '    ') if taken else 'undefined'};\n"
                   f"    gives: {types.given(given, '    ') if given else 'unknown'};\n  }};\n")
    out.append("}\n")
    sys.stdout.write("".join(out))


main()
