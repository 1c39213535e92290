"""Student's classes: instances, properties, methods, state."""

from idioms.idiom import PROXIES, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="constructor-attributes-methods",
        mode=PROXIES,
        answer="""
            class Account:
                bank = "Sejong"

                def __init__(self, owner, balance=0):
                    self.owner = owner
                    self.balance = balance

                def deposit(self, amount):
                    self.balance += amount
                    return self.balance
        """,
        test="""
            account = Account("Mina", balance=10)
            assert account.owner == "Mina"
            assert account.deposit(5) == 15
            assert account.balance == 15
            other = Account("Ara")
            assert other.balance == 0 and Account.bank == other.bank == "Sejong"
            assert isinstance(account, Account) and type(account).__name__ == "Account"
            assert hasattr(account, "deposit") and not hasattr(account, "steal")
        """,
        rights=(
            Right(
                "slots",
                """
                class Account:
                    __slots__ = ("owner", "balance")
                    bank = "Sejong"

                    def __init__(self, owner, balance=0):
                        self.owner, self.balance = owner, balance

                    def deposit(self, amount):
                        self.balance = self.balance + amount
                        return self.balance
            """,
            ),
            Right(
                "a dataclass",
                """
                from dataclasses import dataclass
                from typing import ClassVar

                @dataclass
                class Account:
                    owner: str
                    balance: float = 0
                    bank: ClassVar[str] = "Sejong"

                    def deposit(self, amount):
                        self.balance += amount
                        return self.balance
            """,
            ),
        ),
        wrongs=(
            Wrong(
                "shared balance",
                """
            class Account:
                bank = "Sejong"
                balance = 0

                def __init__(self, owner, balance=0):
                    self.owner = owner
                    Account.balance += balance

                def deposit(self, amount):
                    Account.balance += amount
                    return self.balance
        """,
            ),
        ),
    ),
    Idiom(
        name="class-and-static-methods",
        mode=PROXIES,
        answer="""
            class Qubit:
                made = 0

                def __init__(self, theta):
                    self.theta = theta
                    Qubit.made += 1

                @classmethod
                def plus(cls):
                    return cls(90)

                @staticmethod
                def radians(degrees):
                    return degrees * 3.141592653589793 / 180

                def __call__(self, turn):
                    return Qubit(self.theta + turn)
        """,
        test="""
            before = Qubit.made
            plus = Qubit.plus()
            assert plus.theta == 90
            assert abs(Qubit.radians(180) - 3.14159) < 1e-4
            assert plus(90).theta == 180, "a qubit can be called"
            assert Qubit.made == before + 2
        """,
        rights=(
            Right(
                "otherwise",
                """
            import math

            class Qubit:
                made = 0
                radians = staticmethod(math.radians)

                def __init__(self, theta):
                    self.theta = theta
                    type(self).made += 1

                @classmethod
                def plus(cls):
                    return cls(theta=90.0)

                def __call__(self, turn):
                    return type(self)(self.theta + turn)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "not counted",
                "class Qubit:\n    made = 0\n    def __init__(self, t): self.theta = t\n"
                "    @classmethod\n    def plus(cls): return cls(90)\n    @staticmethod\n"
                "    def radians(d): return d * 0.0174532925\n    def __call__(self, t): return Qubit(self.theta + t)",
            ),
        ),
    ),
    Idiom(
        name="instance-left-in-a-variable",
        mode=PROXIES,
        answer="""
            class Stack:
                def __init__(self):
                    self._items = []

                def push(self, item):
                    self._items.append(item)

                def pop(self):
                    return self._items.pop()

                @property
                def empty(self):
                    return not self._items

            stack = Stack()
            stack.push("a")
            stack.push("b")
        """,
        test="""
            assert isinstance(stack, Stack)
            assert not stack.empty
            stack.push([1, 2])
            assert [stack.pop(), stack.pop(), stack.pop()] == [[1, 2], "b", "a"]
            assert stack.empty
            try:
                stack.pop()
            except IndexError:
                pass
            else:
                raise AssertionError("an empty stack has nothing to give")
        """,
        rights=(
            Right(
                "a linked list",
                """
            class Stack:
                top = None

                def push(self, item):
                    self.top = (item, self.top)

                def pop(self):
                    if self.top is None:
                        raise IndexError("empty")
                    item, self.top = self.top
                    return item

                @property
                def empty(self):
                    return self.top is None

            stack = Stack()
            for letter in "ab":
                stack.push(letter)
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "a queue",
                """
            class Stack(object):
                def __init__(self): self.items = []
                def push(self, item): self.items.append(item)
                def pop(self): return self.items.pop(0)
                empty = property(lambda self: not self.items)

            stack = Stack()
            stack.push("a")
            stack.push("b")
        """,
            ),
        ),
    ),
)
