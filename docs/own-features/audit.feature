Feature: What our auditors ask

  @polling
  Scenario: the audit counts every order, also while the relay is down
    Given the publisher under test is taking orders
    And the database counts each order in an audit
    When the relay is killed while a published record is not marked yet
    And an auditor reads the audit meanwhile
    Then every committed order is published
    And the audit has counted every order
