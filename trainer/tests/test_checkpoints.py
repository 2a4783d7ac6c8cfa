import unittest
from types import SimpleNamespace

from codejury_trainer.callbacks import TimedCheckpoints


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def times(writing: float, longest: float, until: float) -> list[float]:
    """When steps of one second ask for a checkpoint, if writing it takes so long."""
    clock = Clock()
    asked: list[float] = []
    checkpoints = TimedCheckpoints(SimpleNamespace(emit=lambda *_, **__: None), longest, clock)
    while clock.now < until:
        clock.now += 1
        control = SimpleNamespace(should_save=False)
        checkpoints.on_step_end(None, None, control)
        if control.should_save:
            asked.append(clock.now)
            clock.now += writing
            checkpoints.on_save(None, SimpleNamespace(global_step=1), control)
    return asked


class TimedCheckpointsTest(unittest.TestCase):
    def test_small_ones_come_often(self) -> None:
        self.assertEqual(times(0.0, 600, 70), [20, 40, 60])

    def test_writing_takes_a_fiftieth_of_the_time(self) -> None:
        self.assertEqual(times(2.0, 600, 240), [20, 122, 224])

    def test_never_further_apart_than_the_longest(self) -> None:
        self.assertEqual(times(60.0, 600, 1400), [20, 680, 1340])
        self.assertEqual(times(0.0, 5, 16), [5, 10, 15])
