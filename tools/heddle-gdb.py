# SPDX-License-Identifier: MIT
# Threads under Heddle's control, in gdb:  source tools/heddle-gdb.py
#
#   heddle threads      every thread of the running execution, and what it is about to do
#   heddle bt <thread>  the stack of one of them, e.g. heddle bt 1
#   heddle objects      the objects of the running execution
#
# Needs debug information of Heddle itself. Stacks of waiting threads: x86-64.

import gdb


def engine():
    at = gdb.parse_and_eval("heddle::sched::execution::current_")
    if int(at) == 0:
        raise gdb.GdbError("no execution is running here; stop in heddle_step or in the body")
    return at.dereference()


def text_of(value):
    try:
        return value.string() if int(value) != 0 else ""
    except (gdb.error, UnicodeDecodeError):
        return "?"


def place(location):
    if int(location["line"]) == 0xffffffff:  # machine code: an operator's caller
        found = gdb.find_pc_line(int(location["file"]) - 1)
        return "%s:%d" % (found.symtab, found.line) if found.symtab else "an unknown place"
    file = text_of(location["file"])
    return "%s:%d" % (file, int(location["line"])) if file else "an unknown place"


def name_of(value):
    return str(value).split("::")[-1]


def records(of):
    vector = of["threads_"]["_M_impl"]
    for i in range(int(of["thread_count_"])):
        pointer = (vector["_M_start"] + i).dereference()
        # std::unique_ptr: its only member of that type, however deep the library hides it.
        record = gdb.lookup_type("heddle::sched::thread_record").pointer()
        yield pointer.address.cast(record.pointer()).dereference().dereference()


class Heddle(gdb.Command):
    """Threads and objects of the execution that Heddle runs."""

    def __init__(self):
        super().__init__("heddle", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class Threads(gdb.Command):
    """heddle threads: every thread, its state, and the operation it is about to perform."""

    def __init__(self):
        super().__init__("heddle threads", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        of = engine()
        running = int(of["running_"])
        for at in records(of):
            pending = at["pending"]
            name = text_of(at["name"])
            mark = "*" if int(at.address) == running else " "
            print("%s T%d%s  %s, %s at %s" % (
                mark, int(at["id"]), " '%s'" % name if name else "", name_of(at["status"]),
                name_of(pending["kind"]), place(pending["where"])))


class Backtrace(gdb.Command):
    """heddle bt <thread>: the stack of a thread that is not running now."""

    def __init__(self):
        super().__init__("heddle bt", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        if not argument.strip().isdigit():
            raise gdb.GdbError("which thread? heddle bt <number>; heddle threads lists them")
        of = engine()
        wanted = int(argument)
        for at in records(of):
            if int(at["id"]) != wanted:
                continue
            if int(at.address) == int(of["running_"]):
                gdb.execute("backtrace")
                return
            context = int(at["on"]["context_"]) if int(at["on"]) != 0 else 0
            if name_of(at["status"]) == "finished" or not at["started"] or context == 0:
                raise gdb.GdbError("T%d has no stack: it has not begun, or has ended" % wanted)
            # Boost.Context, x86-64: two control words, r12-r15, rbx, rbp, the return address.
            word = gdb.lookup_type("unsigned long").pointer()
            saved = gdb.Value(context).cast(word)
            registers = {"rbp": int(saved[6]), "rbx": int(saved[5]), "rip": int(saved[7]),
                         "rsp": context + 0x40}
            frame = gdb.newest_frame()
            before = {r: int(frame.read_register(r).cast(gdb.lookup_type("unsigned long")))
                      for r in registers}
            frame.select()
            try:
                for register in ("rsp", "rbp", "rbx", "rip"):
                    gdb.execute("set $%s = %d" % (register, registers[register]), to_string=True)
                gdb.execute("backtrace")
            finally:
                gdb.execute("frame 0", to_string=True)
                for register in ("rsp", "rbp", "rbx", "rip"):
                    gdb.execute("set $%s = %d" % (register, before[register]), to_string=True)
            return
        raise gdb.GdbError("there is no thread T%d" % wanted)


def state_of(at, kind):
    def whole():
        return at.cast(gdb.lookup_type("heddle::sched::%s_object" % kind).pointer())
    if kind in ("mutex", "shared_mutex"):
        owner = int(whole()["owner"])
        return ", free" if owner == 0xffffffff else ", held by T%d since %s" % (
            owner, place(whole()["acquired"]))
    if kind == "atomic":
        return " = %d" % int(whole()["value"])
    if kind == "condition":
        return ", %d waiting" % int(whole()["waiters"])
    return ""


class Objects(gdb.Command):
    """heddle objects: the objects of the running execution, the newest first."""

    def __init__(self):
        super().__init__("heddle objects", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        at = engine()["live_"]
        while int(at) != 0:
            one = at.dereference()
            kind = name_of(one["kind"])
            try:
                state = state_of(at, kind)
            except gdb.error:  # compiled with less debug information
                state = ", in a state that the debug information does not describe"
            name = text_of(one["name"])
            print("%s%s%s, made at %s" % (kind, " '%s'" % name if name else "", state,
                                          place(one["created"])))
            at = one["next_live"]


Heddle()
Threads()
Backtrace()
Objects()
