package app

import "qingfeng/internal/mod/casework"

// identityRows are those of opening who reported, and of who decides on it.
func identityRows() []row {
	why := fields("purpose", "verify", "reason", "须当面核实。")
	plainly, clue := step("identity/openings", (*matrix).handling, fields("purpose", "contact")), step("identity/openings", (*matrix).clueAt, why)
	clue.about = "an integrity clue, without approval"
	return []row{
		plainly, clue, step("identity/requests", (*matrix).clueAt, why),
		listed(row{op: "GET /identity/requests", reach: excluded, make: func(m *matrix, at site) call {
			id := m.clueAt(at)
			return call{query: "limit=100", shows: m.disclosure(at, id), id: id}
		}}),
		{op: "POST /identity/requests/{request}/decision", reach: excluded, make: func(m *matrix, at site) call {
			id := m.clueAt(at)
			return call{fill: []string{m.disclosure(at, id)}, body: map[string]any{"grant": true, "reason": "确有必要。"}, id: id}
		}},
	}
}

// disclosure asks to open who reported a clue, and returns the request.
func (m *matrix) disclosure(at site, id string) (request string) {
	m.t.Helper()
	in := casework.IdentityInput{ID: id}
	in.Body.Purpose, in.Body.Reason = casework.PurposeVerify, "须当面核实。"
	got(m.s.Casework.AskIdentity(m.by(at), in))(m)
	return m.detail(id).Disclosures[0].ID
}
