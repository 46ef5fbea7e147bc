"""Practice: simulators written as data. One engine runs them, and the server replays every trace before it counts.

Here: the reducer and its conditions, drawing of variants, tickets, traces, the pages that run without a script.
Not here: what a pass is worth (`skills`), reading the YAML files (`library`), what follows a pass (`completion`).
"""
