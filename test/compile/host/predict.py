"""A compiled model in Wasmtime, which has no JavaScript: a line of JSON with the bits of its outputs.

usage: predict.py MODULE.wasm VALUES

VALUES: the float32 of the first input, little-endian. Nothing but the module's exports tells where they belong.
"""

import json
import sys

import wasmtime


def main(module_file, values_file):
    store = wasmtime.Store()
    instance = wasmtime.Instance(store, wasmtime.Module.from_file(store.engine, module_file), [])
    exports = instance.exports(store)
    memory = exports["memory"]

    def number(name):
        return exports[name].value(store) & 0xFFFFFFFF

    def words(address, count):
        data = memory.read(store, address, address + 4 * count)
        return [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 4)]

    def port(name):
        address = number(f"{name}_shape")
        _, rank = words(address, 2)
        shape = words(address + 8, rank)
        count = 1
        for size in shape:
            count *= size
        return number(name), count, shape

    with open(values_file, "rb") as file:
        values = file.read()
    address, count, _ = port("input_0")
    if len(values) != 4 * count:
        sys.exit(f"{values_file} has {len(values)} bytes; expected {4 * count}")
    memory.write(store, values, address)
    status = exports["predict"](store)
    outputs = []
    for i in range(number("outputs")):
        address, count, shape = port(f"output_{i}")
        outputs.append({"shape": shape, "bits": words(address, count)})
    print(json.dumps({"status": status, "outputs": outputs}))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
