@O2
Feature: Consumer lag is watched, and somebody is told

  Background:
    Given the consumer under test is watched for its lag

  Rule: what is reported is what waits, whether anybody consumes or not

    @monitoring @LW2
    Scenario: all consumers die, a partition is added, and they come back
      When a partition is added while nobody consumes
      Then the reported lag is the true lag
      And lag is reported also while nobody consumes

  Rule: an alert tells of a consumer that falls behind, and of nothing else

    @monitoring @alert @LW1
    Scenario: nobody consumes while events come
      When nobody consumes for longer than its alert allows
      Then an alert tells that the consumer falls behind
      And the alert ends when nothing waits any more
      And nobody is told of a consumer that keeps up
      And the reported lag is the true lag
