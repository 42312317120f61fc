"""Guessing a PIN: one address locks itself, many lock strangers for a while, and no known device."""

from bot.office.pin_lock import (
    STRANGERS_TRIES,
    STRANGERS_WINDOW_S,
    TRIES,
    TRIES_WINDOW_S,
    Caller,
    PinLock,
)

ANN, BOB = Caller("192.0.2.1"), Caller("192.0.2.2")
SCREEN = Caller("screen", known=True)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_address_waits_after_some_wrong_tries_and_nobody_else_does() -> None:
    clock = Clock()
    lock = PinLock(clock)
    for _ in range(TRIES):
        assert lock.wait_s(ANN) == 0
        lock.wrong(ANN)
        clock.now += 1
    assert lock.wait_s(ANN) == TRIES_WINDOW_S - TRIES
    assert lock.wait_s(BOB) == lock.wait_s(SCREEN) == 0
    clock.now += TRIES_WINDOW_S - TRIES
    assert lock.wait_s(ANN) == 0
    lock.wrong(ANN)
    assert lock.wait_s(ANN) == 1  # the window moves


def test_many_addresses_lock_strangers_but_no_known_device() -> None:
    clock = Clock()
    lock = PinLock(clock)
    for number in range(STRANGERS_TRIES):
        assert lock.wait_s(Caller(f"2001:db8:{number:x}::/64")) == 0
        lock.wrong(Caller(f"2001:db8:{number:x}::/64"))
    assert lock.wait_s(ANN) == STRANGERS_WINDOW_S
    assert lock.wait_s(SCREEN) == 0
    clock.now += STRANGERS_WINDOW_S
    assert lock.wait_s(ANN) == 0


def test_a_known_device_locks_itself_alone() -> None:
    clock = Clock()
    lock = PinLock(clock)
    for _ in range(TRIES):
        lock.wrong(SCREEN)
    assert lock.wait_s(SCREEN) == TRIES_WINDOW_S
    assert lock.wait_s(Caller("another", known=True)) == lock.wait_s(ANN) == 0
    clock.now += TRIES_WINDOW_S
    assert lock.wait_s(SCREEN) == 0


def test_an_hours_guesses_are_as_few_as_the_page_on_the_wall_says() -> None:
    clock = Clock()
    lock, tried = PinLock(clock), 0
    for minute in range(60):
        clock.now = 60.0 * minute
        for address in range(40):
            caller = Caller(str(address))
            while not lock.wait_s(caller):
                lock.wrong(caller)
                tried += 1
    assert tried == STRANGERS_TRIES
