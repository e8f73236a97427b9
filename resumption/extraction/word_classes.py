"""What a word is to the grammar: bits. Read as `Is.RESUME`.

Plain integers in a module of their own: a name of a module is read several times as fast as a member of an enum or an
attribute of a class, and the rules read them some hundred times per figure.
"""

from typing import Final

# nouns: what is counted
ENTERPRISE: Final = 1 << 0
PROJECT: Final = 1 << 1
WORKER: Final = 1 << 2
OFFICER: Final = 1 << 3
VEHICLE: Final = 1 << 4
PASS: Final = 1 << 5
PROBLEM: Final = 1 << 6
SUPPLY: Final = 1 << 7
FUND: Final = 1 << 8
INVESTMENT: Final = 1 << 9
POWER: Final = 1 << 10
OUTPUT: Final = 1 << 11
JOB: Final = 1 << 12
CAPACITY: Final = 1 << 13
# verbs: what was done
RESUME: Final = 1 << 14
IDLE: Final = 1 << 15
RETURN: Final = 1 << 16
CARRY: Final = 1 << 17
AWAIT: Final = 1 << 18
LAUNCH: Final = 1 << 19
SERVE: Final = 1 << 20
REQUEST: Final = 1 << 21
APPROVE: Final = 1 << 22
SANCTION: Final = 1 << 23
ASSIGN: Final = 1 << 24
SOLVE: Final = 1 << 25
GIVE: Final = 1 << 26
HIRE: Final = 1 << 27
HANDLE: Final = 1 << 28
RUN: Final = 1 << 29
# names of figures
RATE: Final = 1 << 30
STAFF: Final = 1 << 31
# function words
NEGATION: Final = 1 << 32
RISE: Final = 1 << 33
FALL: Final = 1 << 34
INCREMENT: Final = 1 << 35
COMPARE: Final = 1 << 36
ARRIVE: Final = 1 << 37
TARGET: Final = 1 << 38
SUBSET: Final = 1 << 39
WITHIN: Final = 1 << 40
ALL: Final = 1 << 41
RESPECTIVELY: Final = 1 << 42
SHARE: Final = 1 << 43
DENOMINATOR: Final = 1 << 44
EVERY: Final = 1 << 45
LIMIT: Final = 1 << 46
SERVE_PREPOSITION: Final = 1 << 47
SOURCE_PREPOSITION: Final = 1 << 48
NORMAL_LEVEL: Final = 1 << 49
CUMULATIVE: Final = 1 << 50
AT_LEAST: Final = 1 << 51
OTHER_RATE: Final = 1 << 52
OTHER_TOPIC: Final = 1 << 53
REMAINDER: Final = 1 << 55
MODIFIER: Final = 1 << 54
"""Part of a group's name; in the automaton so that 规上工业 is not read as 上工."""
