"""What a word is to the grammar: bits. Read as `Is.RESUME`.

Plain integers in a module of their own: a name of a module is read several times as fast as a member of an enum or an
attribute of a class, and the rules read them some hundred times per figure.
"""

# nouns: what is counted
ENTERPRISE = 1 << 0
PROJECT = 1 << 1
WORKER = 1 << 2
OFFICER = 1 << 3
VEHICLE = 1 << 4
PASS = 1 << 5
PROBLEM = 1 << 6
SUPPLY = 1 << 7
FUND = 1 << 8
INVESTMENT = 1 << 9
POWER = 1 << 10
OUTPUT = 1 << 11
JOB = 1 << 12
CAPACITY = 1 << 13
# verbs: what was done
RESUME = 1 << 14
IDLE = 1 << 15
RETURN = 1 << 16
CARRY = 1 << 17
AWAIT = 1 << 18
LAUNCH = 1 << 19
SERVE = 1 << 20
REQUEST = 1 << 21
APPROVE = 1 << 22
SANCTION = 1 << 23
ASSIGN = 1 << 24
SOLVE = 1 << 25
GIVE = 1 << 26
HIRE = 1 << 27
HANDLE = 1 << 28
RUN = 1 << 29
# names of figures
RATE = 1 << 30
STAFF = 1 << 31
# function words
NEGATION = 1 << 32
RISE = 1 << 33
FALL = 1 << 34
INCREMENT = 1 << 35
COMPARE = 1 << 36
ARRIVE = 1 << 37
TARGET = 1 << 38
SUBSET = 1 << 39
WITHIN = 1 << 40
ALL = 1 << 41
RESPECTIVELY = 1 << 42
SHARE = 1 << 43
DENOMINATOR = 1 << 44
EVERY = 1 << 45
LIMIT = 1 << 46
SERVE_PREPOSITION = 1 << 47
SOURCE_PREPOSITION = 1 << 48
NORMAL_LEVEL = 1 << 49
CUMULATIVE = 1 << 50
AT_LEAST = 1 << 51
OTHER_RATE = 1 << 52
OTHER_TOPIC = 1 << 53
REMAINDER = 1 << 55
MODIFIER = 1 << 54
"""Part of a group's name; in the automaton so that 规上工业 is not read as 上工."""
