@C2
Feature: What fails is tried again as declared

  Background:
    Given the consumer under test is handling events

  Rule: a failure that passes costs time, one that stays costs an event its effect, and nobody else anything

    @C1 @P3 @D1 @D2 @D5 @consumer @retry @W19
    Scenario: attempts at some events fail, a few times or always
      When attempts at events fail
      Then events are tried as often as declared
      And retries wait as long as declared
      And an event that no retry can help is tried once
      And a failed event is not put on its own topic again
      And an event that cannot be handled becomes a dead letter
      And a dead letter is the original and says why it is there
      And a failing event holds up no others
      And an alert is sent for each dead letter
      And its producers ask for full acknowledgement
      And its producers are idempotent
      And every event takes effect once or is a dead letter
      And every event is a CloudEvent
      And only declared topics are written and read
      And each topic holds the events of one domain

    @consumer @json-events @retry @W22
    Scenario: events as large as they may be fail
      When large events fail
      Then an event that cannot be handled becomes a dead letter
      And a dead letter is the original and says why it is there
      And events are tried as often as declared

  Rule: a retry is not forgotten

    @C1 @consumer @delays @retry @retry-waits
    Scenario: the consumer dies while a retry waits until it is due
      When the consumer is killed while a retry waits until it is due
      Then every event takes effect exactly once
      And every event takes effect once or is a dead letter

  Rule: without faults nothing is tried twice

    @consumer @retry @control
    Scenario: events are handled at the first attempt
      Then events are tried as often as declared
      And every event takes effect once or is a dead letter

  Rule: who declares no retries loses nothing all the same

    @C1 @consumer @without-retry @W19b
    Scenario: attempts at an event fail for a while
      When attempts at an event fail for a while
      Then every event takes effect exactly once
