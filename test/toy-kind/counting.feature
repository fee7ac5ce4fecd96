Feature: A counter counts what it has answered

  Scenario: the counter dies before it answers
    Given the counter under test is counting
    When the counter is killed while an addition is not answered yet
    Then every addition that was answered counts
