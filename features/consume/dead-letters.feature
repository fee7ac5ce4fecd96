@C2
Feature: Dead letters are kept

  Background:
    Given the consumer under test is handling events

  Rule: an event stays where it is until it is stored elsewhere

    @C5 @consumer @retry @W20
    Scenario: retries and dead letters can not be stored for a while
      When retries and dead letters can not be stored
      Then an event that cannot be stored as a dead letter stays on its topic
      And an event that cannot be handled becomes a dead letter
      And every event takes effect once or is a dead letter

    @C5 @consumer @retry @W20
    Scenario: the consumer dies while retries and dead letters can not be stored
      When the consumer is killed while retries and dead letters can not be stored
      Then an event that cannot be stored as a dead letter stays on its topic
      And an event that cannot be handled becomes a dead letter
      And every event takes effect once or is a dead letter

    @C5 @consumer @retry @dead-letters-missing
    Scenario: the dead-letter topic does not exist yet
      When the dead-letter topic does not exist
      Then an event that cannot be stored as a dead letter stays on its topic
      And an event that cannot be handled becomes a dead letter

  Rule: an event that comes again is still one of the two

    @C1 @consumer @offsets @retry @W21
    Scenario: the consumer dies when a dead letter is stored and its progress is not
      When the consumer is killed while a dead letter is stored and its progress is not
      Then every event takes effect once or is a dead letter
      And a dead letter produces no further dead letters
      And every event takes effect exactly once
