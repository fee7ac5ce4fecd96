@O1
Feature: Consumers run when there is work, as many as it needs, and not otherwise

  Background:
    Given the consumer under test is scaled by its lag

  Rule: from zero to many and back, nothing is missed

    @scaling @control @W24
    Scenario: work comes, grows, and is done
      Then it stays at zero replicas without work
      And its scaler activates it when the lag passes the threshold
      And events published at zero replicas take effect
      And it has as many replicas as the lag asks for
      And it returns to zero replicas after the last effect, not before
      And it never has more replicas than partitions
      And every event takes effect once, whatever pods stop
      And its manifests have no lint error

  Rule: pods may go at any moment

    @scaling @W24a
    Scenario: a pod is killed in the middle of its work
      When the pod is killed while a pod is in the middle of an effect
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @W24a
    Scenario: a pod is told to stop in the middle of its work
      When the pod is told to stop while a pod is in the middle of an effect
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @evict-pod
    Scenario: a pod is evicted in the middle of its work
      When the pod is evicted while a pod is in the middle of an effect
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @drain-node
    Scenario: the node of a pod is drained in the middle of its work
      When the node of the pod is drained while a pod is in the middle of an effect
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @limit-memory
    Scenario: a pod runs out of memory in the middle of its work
      When the pod runs out of memory while a pod is in the middle of an effect
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @evict-pod @W24g
    Scenario: a disruption budget keeps a pod that works, and not one that is done
      When a disruption budget keeps the pod at its work
      Then every event takes effect once, whatever pods stop
      And it returns to zero replicas after the last effect, not before

    @scaling @W24d
    Scenario: work takes longer than the scaler waits before it scales to zero
      When work takes longer than it may be idle
      Then it returns to zero replicas after the last effect, not before
      And every event takes effect once, whatever pods stop

  Rule: the scaler may be cut off, and comes back

    @scaling @W24b
    Scenario: more comes than may wait while the scaler can not reach the broker
      When the scaler is cut off from the broker
      Then its scaler activates it when the lag passes the threshold
      And events published at zero replicas take effect

    @scaling @W24f
    Scenario: the scaler can not reach the broker for long, while consumers work
      When the scaler is cut off while consumers work
      Then it returns to zero replicas after the last effect, not before
      And every event takes effect once, whatever pods stop

    @scaling @W24c
    Scenario: nobody tells the autoscaler how much waits
      When the scaler’s metrics are gone when more consumers are needed
      Then its scaler activates it when the lag passes the threshold
      And it has as many replicas as the lag asks for
      And every event takes effect once, whatever pods stop

  Rule: a long silence changes nothing

    @scaling @W24e
    Scenario: work comes again after all that was known of earlier work has expired
      When nothing is published until records and offsets have expired
      Then it stays at zero replicas without work
      And its scaler activates it when the lag passes the threshold
      And events published at zero replicas take effect
