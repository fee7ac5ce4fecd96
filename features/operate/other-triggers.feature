@O1
Feature: Other triggers of the same scaler have the same shape

  Background:
    Given the consumer under test is scaled by its lag

  Rule: whatever tells how much there is to do, nothing is missed

    @scaling @prometheus
    Scenario: a metric tells how much waits
      When its scaler asks a Prometheus for the lag
      Then it stays at zero replicas without work
      And its scaler activates it when the lag passes the threshold
      And events published at zero replicas take effect
      And it has as many replicas as the lag asks for
      And it returns to zero replicas after the last effect, not before

    @scaling @cron @slow
    Scenario: it runs by the clock
      When its scaler goes by the clock
      Then it stays at zero replicas without work
      And its scaler activates it when the lag passes the threshold
      And events published at zero replicas take effect
      And it returns to zero replicas after the last effect, not before
