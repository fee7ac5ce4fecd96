@C3
Feature: A group that changes loses nothing and does nothing twice

  Background:
    Given the consumer under test is handling events

  Rule: a member that lost its partitions does no harm

    @C1 @C5 @consumer @expiry @W16
    Scenario: a member stands still beyond its session and wakes up in the middle of its work
      When a member that lost its partitions goes on with its work
      Then every event takes effect exactly once
      And a member that lost its partition changes nothing any more
      And events of one key take effect in their order

    @C1 @C5 @consumer @expiry @W17
    Scenario: a member works longer than the group waits for it
      When work takes longer than the group waits for
      Then every event takes effect exactly once
      And a member that lost its partition changes nothing any more

    @C1 @consumer @expiry @partition-back
    Scenario: a member loses partitions to another one and gets them back
      When a member loses partitions and gets them back
      Then every event takes effect exactly once
      And events of one key take effect in their order
      And a new owner continues at the committed offset

  Rule: a deployment is not noticed

    @C4 @consumer @rolling-restart
    Scenario: one instance after the other is restarted
      When its instances are restarted one after the other
      Then partitions that keep their owner are not stopped
      And the group rebalances incrementally
      And every worker can own a partition
      And events of one key take effect in their order
      And a new owner continues at the committed offset
      And every event takes effect exactly once
