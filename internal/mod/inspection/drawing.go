package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Drawing is a draw as it is kept: what is frozen, who witnesses it, what came of
// it.
type Drawing struct {
	ID           string        `json:"id"`
	Number       string        `json:"number"`
	Of           string        `json:"of" enum:"targets,districts,days" db:"what"`
	Kind         Kind          `json:"kind"`
	Title        string        `json:"title"`
	PlanID       string        `json:"plan_id"`
	BatchID      string        `json:"batch_id"`
	CampaignID   string        `json:"campaign_id"`
	Path         string        `json:"-"`
	State        DrawState     `json:"state" enum:"frozen,sealed,made,published,void"`
	Scope        Scope         `json:"scope"`
	ListHash     string        `json:"list_hash"`
	ShareVersion string        `json:"share_version" doc:"Version of the setting that says the shares."`
	Targets      int           `json:"targets"`
	Inspectors   int           `json:"inspectors"`
	Drawn        int           `json:"drawn"`
	PreparedBy   string        `json:"prepared_by"`
	PreparedAt   time.Time     `json:"prepared_at"`
	SealedAt     time.Time     `json:"sealed_at,omitzero" doc:"When the last witness had committed: the time in the seed."`
	DrawnAt      time.Time     `json:"drawn_at,omitzero"`
	DrawnBy      string        `json:"drawn_by"`
	Replaced     []Replacement `json:"replaced"`
	PublishedAt  time.Time     `json:"published_at,omitzero"`
	Reason       string        `json:"reason" doc:"Why it is void."`
}

const drawColumns = `id, number, what, kind, title, plan_id, batch_id, campaign_id, path, state, scope, list_hash, share_version, targets, inspectors, drawn,
	prepared_by, prepared_at, sealed_at, drawn_at, drawn_by, replaced, published_at, reason`

// districtOf is the code of the region that something at a path belongs to.
func districtOf(path string) string {
	nodes := authz.Nodes(path)
	if len(nodes) == 0 {
		return "000000"
	}
	return nodes[len(nodes)-1]
}

// saveDraw stores a new draw with its list, or what changed about one.
func saveDraw(tx *db.Tx, d Drawing, l *List) error {
	row := []any{d.ID, d.Number, d.Of, d.Kind, d.Title, d.PlanID, d.BatchID, d.CampaignID, d.Path, d.State, d.Scope, d.ListHash, d.ShareVersion, d.Targets, d.Inspectors, d.Drawn,
		d.PreparedBy, d.PreparedAt, d.SealedAt, d.DrawnAt, d.DrawnBy, d.Replaced, d.PublishedAt, d.Reason}
	if l != nil {
		return save(tx, "inspection_draw", drawColumns+", list, result", append(row, *l, []Drawn{}))
	}
	return updateDraw(tx, d)
}

func updateDraw(tx *db.Tx, d Drawing) error {
	_, err := tx.Change("inspection_draw", d.ID, `update inspection_draw set state = $1, drawn = $2, sealed_at = $3, drawn_at = $4, drawn_by = $5, replaced = $6, published_at = $7, reason = $8 where id = $9`,
		d.State, d.Drawn, d.SealedAt, d.DrawnAt, d.DrawnBy, d.Replaced, d.PublishedAt, d.Reason, d.ID)
	return err
}

func saveResult(tx *db.Tx, id string, result []Drawn) error {
	_, err := tx.Change("inspection_draw", id, `update inspection_draw set result = $1 where id = $2`, result, id)
	return err
}

// frozenLot is what is read of a draw only where it is needed: it may be long.
type frozenLot struct {
	List   List
	Result []Drawn
}

func lotOf(r db.Reader, id string) (frozenLot, error) {
	return db.One[frozenLot](r, `select list, result from inspection_draw where id = $1`, id)
}

// What is sealed of a draw.
const (
	sealList    = "list"
	sealProgram = "program" // its commitment, before anybody else can commit
	sealTime    = "time"
	sealRecord  = "record"
)

// ListDrawsInput asks for a page of draws.
type ListDrawsInput struct {
	list.Query
	State string `query:"state" enum:"frozen,sealed,made,published,void"`
	Of    string `query:"of" enum:"targets,districts,days"`
}

func newestDraw() list.Order[Drawing] {
	return list.Down("prepared_at", "id", func(d Drawing) list.Key { return list.At(d.PreparedAt, d.ID) })
}

// ListDraws lists draws, the latest first.
func (s *Service) ListDraws(ctx context.Context, in ListDrawsInput) (list.Page[Drawing], error) {
	return read(ctx, s, func(r db.Reader) (list.Page[Drawing], error) {
		return pageOf(ctx, r, in.Query, newestDraw(), in.narrow, `select `+drawColumns+` from inspection_draw`)
	})
}

func (in ListDrawsInput) narrow(ctx context.Context, _ db.Reader, w *db.Where) error {
	org.Within(w, "path", authz.From(ctx).Paths(Read))
	w.AndIf(in.State != "", "state = ?", in.State)
	w.AndIf(in.Of != "", "what = ?", in.Of)
	return nil
}

// DrawDetail is a draw as the draw room shows it.
type DrawDetail struct {
	Drawing
	Witnesses []WitnessSeat             `json:"witnesses"`
	Result    []Outcome                 `json:"result" doc:"At most 500 of them."`
	Groups    []Group                   `json:"groups" doc:"By district, kind and credit class: how many of how many are drawn, or will be."`
	Can       []flow.Label[flow.Action] `json:"can"`
	org.Life
}

// Outcome is a target that was drawn, in names.
type Outcome struct {
	Target     string   `json:"target"`
	Name       string   `json:"name"`
	District   string   `json:"district"`
	Inspectors []string `json:"inspectors" doc:"The leading one first."`
}

// Group counts a stratum.
type Group struct {
	District string    `json:"district"`
	Kind     string    `json:"kind"`
	KindName i18n.Text `json:"kind_name"`
	Credit   string    `json:"credit"`
	Share    int       `json:"share" doc:"Of its targets, in ten-thousandths."`
	Targets  int       `json:"targets"`
	Before   int       `json:"before" doc:"Drawn by an earlier batch of the plan."`
	Spared   int       `json:"spared" doc:"Of the best class, and drawn lately: not drawn again."`
	Drawn    int       `json:"drawn"`
}

var aDraw = i18n.T("抽取", "draw")

// visibleDraw returns a draw that the actor may read. Fault: NotFound.
func visibleDraw(ctx context.Context, r db.Reader, id string) (Drawing, error) {
	d, err := db.Find[Drawing](r, aDraw, `select `+drawColumns+` from inspection_draw where id = $1`, id)
	if err == nil && !authz.From(ctx).Covers(Read, d.Path) {
		err = fault.Missing(aDraw)
	}
	return d, err
}

// mostShown is how much of a result is shown at once; the file has all.
const mostShown = 500

// GetDraw returns a draw. Fault: NotFound.
func (s *Service) GetDraw(ctx context.Context, in org.ByID) (DrawDetail, error) {
	return read(ctx, s, func(r db.Reader) (DrawDetail, error) {
		d, err := visibleDraw(ctx, r, in.ID)
		if err != nil {
			return DrawDetail{}, err
		}
		x, err := lotOf(r, in.ID)
		if err != nil {
			return DrawDetail{}, err
		}
		return drawDetail(ctx, r, d, x)
	})
}

func drawDetail(ctx context.Context, r db.Reader, d Drawing, x frozenLot) (out DrawDetail, err error) {
	out.Drawing = d
	if out.Witnesses, err = witnessesOf(r, d.ID); err != nil {
		return out, err
	}
	out.Result, out.Groups = outcomes(x.List, x.Result[:min(len(x.Result), mostShown)]), groups(x.List, x.Result)
	if d.DrawnAt.IsZero() {
		out.Groups = x.List.preview().Groups // what it will give
	}
	guards, err := voiders(ctx, r, d)
	if err != nil {
		return out, err
	}
	out.Can = drawLife().Actions(out.State, may(ctx, out.Path), append(guards, revealed(out.Witnesses)...)...)
	out.Can = slices.DeleteFunc(out.Can, func(l flow.Label[flow.Action]) bool {
		return l.Name == doCommit || l.Name == doReveal || l.Name == doReplace
	})
	out.Life, err = org.LifeOf(r, trail.Record{Kind: ofDraw, ID: d.ID})
	return out, err
}

// outcomes puts a result into names.
func outcomes(l List, result []Drawn) []Outcome {
	targets, people := map[string]Target{}, map[string]string{}
	for _, x := range l.Targets {
		targets[x.ID] = x
	}
	for _, x := range l.Inspectors {
		people[x.ID] = x.Name
	}
	out := make([]Outcome, len(result))
	for i, x := range result {
		out[i] = Outcome{Target: x.Target, Name: targets[x.Target].Name, District: targets[x.Target].District, Inspectors: []string{}}
		for _, who := range x.Inspectors {
			out[i].Inspectors = append(out[i].Inspectors, people[who])
		}
	}
	return out
}

// groups counts a list and a result by stratum.
func groups(l List, result []Drawn) []Group {
	at, drawn := map[string]stratum{}, map[stratum]int{}
	for _, x := range l.Targets {
		at[x.ID] = x.stratum()
	}
	for _, x := range result {
		drawn[at[x.Target]]++
	}
	return l.groups(func(s stratum) int { return drawn[s] })
}

// groups counts a list by stratum, with how many of each are drawn.
func (l List) groups(drawn func(stratum) int) []Group {
	by := map[stratum]*Group{}
	for _, x := range l.Targets {
		g := x.stratum()
		if by[g] == nil {
			by[g] = &Group{District: g.district, Kind: g.kind, KindName: kindName(g.kind), Credit: g.credit, Share: l.share(g), Drawn: drawn(g)}
		}
		by[g].Targets++
		switch {
		case x.Drawn:
			by[g].Before++
		case x.Spared:
			by[g].Spared++
		}
	}
	out := []Group{}
	for _, g := range sorted(by) {
		out = append(out, *by[g])
	}
	return out
}

// Draw draws: the list is that which was frozen, the seed is made of its hash, of
// when the last witness had committed, and of all secrets. That of the program is
// revealed with the result, so that nobody knew one before the other. Faults: NotFound, Forbidden;
// Conflict where witnesses have not revealed, where it was drawn already, or where
// the libraries have changed since, or the secret of the program was altered.
func (s *Service) Draw(ctx context.Context, in org.ByID) (DrawDetail, error) {
	d, l, ws, err := s.ready(ctx, in.ID)
	if err != nil {
		return DrawDetail{}, err
	}
	seed, err := d.terms(ws).Seed()
	if err != nil {
		return DrawDetail{}, err
	}
	result, err := Draw(l, seed)
	if err != nil {
		return DrawDetail{}, err
	}
	tasks, err := s.tasksOf(ctx, d, l, result)
	if err != nil {
		return DrawDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out DrawDetail, err error) {
		// The numbers of the tasks took a while: the libraries may have changed.
		now, _, err := s.unchanged(ctx, tx.Reader, d.ID)
		if err != nil {
			return out, err
		}
		was := now.State
		if now.State, err = drawLife().Move(was, doDraw, may(ctx, now.Path), revealed(ws)...); err != nil {
			return out, err
		}
		now.DrawnAt, now.DrawnBy, now.Drawn = s.now(), authz.From(ctx).ID, len(result)
		err = fault.First(
			func() error { return updateDraw(tx, now) },
			func() error { return saveWitnesses(tx, d.ID, ws) },
			func() error { return saveResult(tx, d.ID, result) },
			func() error { return s.addTasks(ctx, tx, doDraw, "", tasks) },
			func() error { return s.sealRecordOf(tx, now, l, ws, result) },
			func() error {
				return s.step(ctx, tx, ofDraw, d.ID, doDraw, string(was), string(now.State), "", map[string]any{"drawn": len(result)})
			},
			func() (err error) { out, err = drawDetail(ctx, tx.Reader, now, frozenLot{l, result}); return err },
		)
		return out, err
	})
}

// ready returns a draw that may be made, with its list and all secrets, that of the
// program among them.
func (s *Service) ready(ctx context.Context, id string) (d Drawing, l List, ws []WitnessSeat, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if d, l, err = s.unchanged(ctx, r, id); err != nil {
			return err
		}
		if ws, err = witnessesOf(r, d.ID); err != nil {
			return err
		}
		if _, err := drawLife().Move(d.State, doDraw, may(ctx, d.Path), revealed(ws)...); err != nil {
			return err
		}
		ws, err = s.opened(r, ws)
		return err
	})
	return d, l, ws, err
}

// terms is what the seed of a draw is made of.
func (d Drawing) terms(ws []WitnessSeat) Terms {
	t := Terms{Algorithm: Algorithm, ListHash: d.ListHash, DrawnAt: d.SealedAt.UTC().Format(time.RFC3339Nano)}
	for _, w := range ws {
		t.Witnesses = append(t.Witnesses, Witness{Name: w.Name, Commitment: w.Commitment, Secret: w.Secret})
	}
	return t
}

// VoidDraw declares a draw void that has not been made. That stays public, so that
// nobody draws until they like the result. Faults: Invalid without a reason,
// NotFound, Forbidden; Conflict, also for whoever did the same to the last draw of the
// batch.
func (s *Service) VoidDraw(ctx context.Context, in org.PostedTo[Because]) (DrawDetail, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := because(reason); err != nil {
		return DrawDetail{}, err
	}
	return s.moveDraw(ctx, in.ID, doVoid, reason, func(d *Drawing) { d.Reason = reason })
}

// PublishDraw publishes the record of a draw. Faults: NotFound, Forbidden,
// Conflict.
func (s *Service) PublishDraw(ctx context.Context, in org.ByID) (DrawDetail, error) {
	return s.moveDraw(ctx, in.ID, doPublish, "", func(d *Drawing) { d.PublishedAt = s.now() })
}

func (s *Service) moveDraw(ctx context.Context, id string, a flow.Action, reason string, set func(*Drawing)) (DrawDetail, error) {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		d, err := visibleDraw(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		guards, err := voiders(ctx, tx.Reader, d)
		if err != nil {
			return err
		}
		was := d.State
		if d.State, err = drawLife().Move(was, a, may(ctx, d.Path), guards...); err != nil {
			return err
		}
		set(&d)
		return fault.First(
			func() error { return updateDraw(tx, d) },
			func() error { return s.step(ctx, tx, ofDraw, id, a, string(was), string(d.State), reason, nil) },
		)
	})
	if err != nil {
		return DrawDetail{}, err
	}
	return s.GetDraw(ctx, org.ByID{ID: id})
}

// recordOf is the record of a draw that was made.
func recordOf(r db.Reader, d Drawing) (Record, error) {
	if d.State != Made && d.State != DrawPublished {
		return Record{}, fault.New(fault.Conflict, i18n.T("尚未抽取，没有抽取记录", "there is no record before the draw"))
	}
	x, err := lotOf(r, d.ID)
	if err != nil {
		return Record{}, err
	}
	ws, err := witnessesOf(r, d.ID)
	return d.record(x.List, ws, x.Result), err
}

func (d Drawing) record(l List, ws []WitnessSeat, result []Drawn) Record {
	return Record{Terms: d.terms(ws), List: l, Replacements: d.Replaced, Result: result}
}

// fileOf is a record as a file.
func (d Drawing) fileOf(rec Record) (httpapi.File, error) {
	text, err := rec.Bytes()
	if err != nil {
		return httpapi.File{}, err
	}
	return httpapi.File{Name: d.Number + ".json", ContentType: "application/json", Content: closing{strings.NewReader(string(text))}}, nil
}

type closing struct{ *strings.Reader }

// Close has nothing to close.
func (closing) Close() error { return nil }

// DrawRecord is the record of a draw. Faults: NotFound, Conflict before it is made.
func (s *Service) DrawRecord(ctx context.Context, in org.ByID) (httpapi.File, error) {
	return read(ctx, s, func(r db.Reader) (httpapi.File, error) {
		d, err := visibleDraw(ctx, r, in.ID)
		if err != nil {
			return httpapi.File{}, err
		}
		rec, err := recordOf(r, d)
		if err != nil {
			return httpapi.File{}, err
		}
		return d.fileOf(rec)
	})
}

// sealRecordOf seals the record of a draw as it is now.
func (s *Service) sealRecordOf(tx *db.Tx, d Drawing, l List, ws []WitnessSeat, result []Drawn) error {
	text, err := d.record(l, ws, result).Bytes()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	return s.seal(tx, d, sealRecord, hex.EncodeToString(sum[:]))
}
