@O2
Feature: What waits is watched, and somebody is told

  Background:
    Given what waits is watched

  Rule: what is reported is what waits, whether anybody is at work or not

    @monitoring @lag @LW2
    Scenario: all consumers die, a partition is added, offsets expire, and they come back
      When a partition is added and offsets expire while nobody consumes
      Then what is reported is what waits
      And the monitor answers also while nobody is at work

  Rule: an alert tells of each thing that waits too long, and of nothing else

    @monitoring @alert @LW1
    Scenario: nobody is at work, and more comes than may wait
      When more waits than its alerts allow
      Then an alert tells of each thing that waits too long
      And the alert ends when nothing waits any more
      And nobody is told where no more waits than may
      And what is reported is what waits
