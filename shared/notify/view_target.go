package notify

import "mesa/shared/flow"

// The local target of a case: R37.

func (v view) Share() string { return v.own(keyShare) }
func (v view) Due() string   { return v.when(keyDue) }

// Nobody tells that the case is in a team's queue.
func (v view) Nobody() bool { return v.own(keyTaken) == "no" }

// Goal is which target it is: «de respuesta», «de solución».
func (v view) Goal() string {
	switch flow.GoalKind(v.own(keyGoal)) {
	case flow.GoalResponse:
		return "de respuesta"
	case flow.GoalSolution:
		return "de solución"
	default:
		return ""
	}
}
