package statemachines

// Edge is one way that an execution can go, with the reason in a few words.
type Edge struct {
	From, To string
	Why      string // "next", "answer done", "error States.Timeout", "otherwise"
}

// Edges lists every way out of every state, in the order of the file.
func (d Definition) Edges() []Edge {
	var edges []Edge
	for _, s := range d.States {
		edges = append(edges, s.edges()...)
	}
	return edges
}

func (s State) edges() []Edge {
	var edges []Edge
	add := func(to, why string) {
		if to != "" {
			edges = append(edges, Edge{From: s.Name, To: to, Why: why})
		}
	}
	add(s.Next, "next")
	for _, c := range s.Choices {
		add(c.Next, "answer "+between(c.Condition, "'"))
	}
	add(s.Default, "otherwise")
	for _, c := range s.Catch {
		for _, name := range c.ErrorEquals {
			add(c.Next, "error "+name)
		}
	}
	return edges
}

// Ends says whether the state ends the execution.
func (s State) Ends() bool { return s.Type == "Succeed" || s.Type == "Fail" }

// Reaches returns the states that an execution can come to from a state, itself included.
func (d Definition) Reaches(from string) map[string]bool {
	next := map[string][]string{}
	for _, e := range d.Edges() {
		next[e.From] = append(next[e.From], e.To)
	}
	seen := map[string]bool{from: true}
	for todo := []string{from}; len(todo) > 0; todo = todo[1:] {
		for _, to := range next[todo[0]] {
			if !seen[to] {
				seen[to] = true
				todo = append(todo, to)
			}
		}
	}
	return seen
}

// Walks says whether a path of states is one that the definition allows, from its start to an end.
func (d Definition) Walks(path []string) bool {
	if len(path) == 0 || path[0] != d.StartAt {
		return false
	}
	for i := range len(path) - 1 {
		if !d.hasEdge(path[i], path[i+1]) {
			return false
		}
	}
	last, ok := d.States.Named(path[len(path)-1])
	return ok && last.Ends()
}

func (d Definition) hasEdge(from, to string) bool {
	s, _ := d.States.Named(from)
	for _, e := range s.edges() {
		if e.To == to {
			return true
		}
	}
	return false
}
