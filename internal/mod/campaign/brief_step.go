package campaign

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/official"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

func (s *Service) briefEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns/{id}/briefs", "Briefs and summaries of a campaign", Read, s.Briefs),
		httpapi.Do("POST /campaigns/{id}/briefs", "Draft a brief or the summary from what the campaign has", Manage, s.DraftBrief, httpapi.Created),
		httpapi.Do("GET /briefs/{id}", "A brief, with the figures that changed since", Read, s.Brief),
		httpapi.Do("PUT /briefs/{id}", "Change a brief, and take its figures anew where asked", Manage, s.SaveBrief),
		httpapi.Do("POST /briefs/{id}/step", "Hand in, take back, sign off, send back or issue a brief", Read, s.StepBrief),
		httpapi.Download("GET /briefs/{id}/docx", "A brief as docx in the layout of official documents", Read, s.BriefFile),
	}
}

// Fact is a figure that a brief may hold.
type Fact struct {
	Name    string `json:"name"`
	Mark    string `json:"mark" doc:"What it is called in a text, between [[ and ]], in the language of the reader."`
	Text    string `json:"text"`
	Value   string `json:"value" doc:"As it was taken."`
	Now     string `json:"now"`
	Used    bool   `json:"used" doc:"Its mark stands in the text."`
	Changed bool   `json:"changed" doc:"It stands in the text and is another now."`
}

// BriefDetail is a brief with its figures and what can be done with it.
type BriefDetail struct {
	Brief
	Drafter  string        `json:"drafter" doc:"Name of who changed it last."`
	Signer   string        `json:"signer" doc:"Name of who signed it off."`
	Facts    []Fact        `json:"facts" nullable:"false"`
	Document Document      `json:"document" doc:"As it is printed."`
	Actions  []flow.Action `json:"actions" nullable:"false"`
	Waiting  *Waiting      `json:"waiting,omitempty" doc:"Absent unless it was handed in."`
	Over     bool          `json:"over" doc:"The stages of the campaign are over."`
	Trail    []org.Deed    `json:"trail" nullable:"false"`
}

// NewBrief begins a brief or the summary.
type NewBrief struct {
	Kind  string `json:"kind" enum:"brief,summary"`
	Title string `json:"title" maxLength:"120"`
}

// DraftBrief begins a brief, or the summary, with a text put together from what the
// campaign has. Faults: Invalid, Forbidden, Conflict before the campaign runs.
func (s *Service) DraftBrief(ctx context.Context, in org.PostedTo[NewBrief]) (d BriefDetail, err error) {
	defer fault.Wrap(&err, "campaign.DraftBrief(%s)", in.ID)
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, content Content) error {
		if c.State != Running && c.State != Closed {
			return fault.New(fault.Conflict, i18n.T("专项整治启动后才有简报", "there are briefs once the campaign runs"))
		}
		if in.Body.Kind != aBrief && in.Body.Kind != aSummary {
			return fault.Field("kind", i18n.T("请选择简报或总结", "please choose a brief or the summary"))
		}
		b := Brief{ID: db.NewID(), Campaign: c.ID, Path: c.Path, Kind: in.Body.Kind, State: BriefDraft, Title: strings.TrimSpace(in.Body.Title), Revision: 1, DraftedBy: authz.From(ctx).ID, Hands: hands{}.and(ctx), CreatedAt: s.instant()}
		g, err := s.background(ctx, tx.Reader, c, content)
		if err != nil {
			return err
		}
		b.Facts = g.facts
		if b.Blocks, err = s.assembled(tx.Reader, c, g, b.Kind); err != nil {
			return err
		}
		if err := checkBlocks(b.Title, b.Blocks, b.Facts); err != nil {
			return err
		}
		if err := insertBrief(tx, b); err != nil {
			return err
		}
		if err := s.Trail.Add(ctx, tx, b.record(), trail.Step{Act: string(briefWrite), Became: string(BriefDraft)}); err != nil {
			return err
		}
		d, err = s.briefDetail(ctx, tx.Reader, c, b, g)
		return err
	})
	return d, err
}

// SaveBriefBody is a brief that was changed.
type SaveBriefBody struct {
	Title    string  `json:"title" maxLength:"120"`
	Blocks   []Block `json:"blocks" nullable:"false" maxItems:"50"`
	Revision int     `json:"revision" doc:"The one that was changed."`
	Anew     bool    `json:"anew,omitempty" doc:"Take all figures as they are now; so does a mark of one that was not known when they were taken."`
}

// SaveBrief changes a draft. Faults: Invalid for a mark of no figure, Conflict where
// somebody else saved in between or it is no draft any more.
func (s *Service) SaveBrief(ctx context.Context, in org.PostedTo[SaveBriefBody]) (d BriefDetail, err error) {
	defer fault.Wrap(&err, "campaign.SaveBrief(%s)", in.ID)
	return s.onBrief(ctx, in.ID, draftStep{Action: draftSave, Revision: in.Body.Revision}, func(_ *db.Tx, b *Brief, known background) error {
		b.Title, b.Blocks = strings.TrimSpace(in.Body.Title), known.names.stored(in.Body.Blocks)
		if in.Body.Anew || !b.knowsAll() {
			b.Facts = known.facts
		}
		b.DraftedBy, b.Hands = authz.From(ctx).ID, b.Hands.and(ctx)
		return checkBlocks(b.Title, b.Blocks, b.Facts)
	})
}

// BriefStep is what becomes of a brief.
type BriefStep struct {
	Action   flow.Action `json:"action" enum:"submit,recall,sign,return,issue"`
	Reason   string      `json:"reason,omitempty" maxLength:"500" doc:"Needed to send back, and to sign a summary before the stages are over."`
	Revision int         `json:"revision" doc:"What whoever decides saw."`
}

// StepBrief hands a brief in to be signed, takes it back, signs it off, sends it back or
// issues it; issuing gives it the next number of the campaign. Who signs wrote nothing in
// it, and nothing becomes of a text that they did not see. Faults: Invalid without a reason
// where one is needed, Forbidden, Conflict.
func (s *Service) StepBrief(ctx context.Context, in org.PostedTo[BriefStep]) (d BriefDetail, err error) {
	defer fault.Wrap(&err, "campaign.StepBrief(%s, %s)", in.ID, in.Body.Action)
	step := draftStep(in.Body)
	if err := step.known(); err != nil {
		return d, err
	}
	return s.onBrief(ctx, in.ID, step, func(tx *db.Tx, b *Brief, known background) (err error) {
		switch step.Action {
		case briefSign:
			if b.Kind == aSummary && step.silent() && !known.plan.over(DayOf(s.Now())) {
				return fault.Field("reason", i18n.T("各阶段尚未结束，提前签发总结请说明原因", "the stages are not over; please say why the summary is signed before that"))
			}
			b.SignedBy, b.SignedAt = authz.From(ctx).ID, s.instant()
		case draftReturn:
			b.SignedBy, b.SignedAt = "", time.Time{}
		case briefIssue:
			b.IssuedAt = s.instant()
			if b.Kind == aBrief {
				b.Issue, err = lastIssue(tx.Reader, b.Campaign)
				b.Issue++
			}
		}
		return err
	})
}

// over reports whether the last stage is over.
func (c Content) over(today Day) bool {
	_, last := c.span()
	return today > last
}

// onBrief takes a step with a brief: what do makes of it is stored. Its figures are read
// before, so that whoever writes meanwhile need not wait for them.
func (s *Service) onBrief(ctx context.Context, id string, step draftStep, do func(*db.Tx, *Brief, background) error) (d BriefDetail, err error) {
	var g background
	err = s.DB.Read(ctx, func(r db.Reader) error {
		_, c, content, err := s.seenBrief(ctx, r, id)
		if err != nil {
			return err
		}
		g, err = s.background(ctx, r, c, content)
		return err
	})
	if err != nil {
		return d, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		b, c, content, err := s.seenBrief(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		g.plan = content
		err = b.drafted(g.names).step(ctx, s, tx, step, func(to BriefState) (int64, error) {
			if err := do(tx, &b, g); err != nil {
				return 0, err
			}
			b.State, b.Revision = to, b.Revision+1
			return replaceBrief(tx, b)
		})
		if err != nil {
			return err
		}
		d, err = s.briefDetail(ctx, tx.Reader, c, b, g)
		return err
	})
	return d, err
}

// seenBrief returns a brief that the actor may see, with its campaign. Fault:
// NotFound.
func (s *Service) seenBrief(ctx context.Context, r db.Reader, id string) (b Brief, c Campaign, content Content, err error) {
	if b, err = briefByID(r, id); err != nil {
		return b, c, content, err
	}
	if !authz.From(ctx).Covers(Read, b.Path) {
		return b, c, content, fault.Missing(briefSubject())
	}
	c, content, err = s.seenWhole(ctx, r, b.Campaign)
	return b, c, content, err
}

// briefDetail is a brief beside its figures of now.
func (s *Service) briefDetail(ctx context.Context, r db.Reader, c Campaign, b Brief, g background) (d BriefDetail, err error) {
	owner, err := org.UnitByID(r, c.Owner)
	if err != nil {
		return d, err
	}
	d = BriefDetail{Brief: b, Facts: []Fact{}, Document: b.document(c, owner.Name), Actions: b.drafted(g.names).offers(ctx), Over: g.plan.over(DayOf(s.Now()))}
	d.Blocks = g.names.shown(i18n.From(ctx), b.Blocks)
	if b.Kind == aBrief && b.Issue == 0 { // as it will be
		if d.Document.Issue, err = lastIssue(r, c.ID); err != nil {
			return d, err
		}
		d.Document.Issue++
	}
	stands := used(b.Blocks)
	for _, f := range g.names {
		d.Facts = append(d.Facts, Fact{Name: f.Name, Mark: f.mark().Here(ctx), Text: f.Text.Here(ctx), Value: b.Facts[f.Name], Now: g.facts[f.Name], Used: stands[f.Name], Changed: stands[f.Name] && b.Facts[f.Name] != g.facts[f.Name]})
	}
	names, err := org.Names(r, []string{b.DraftedBy, b.SignedBy})
	if err != nil {
		return d, err
	}
	d.Drafter, d.Signer = names[b.DraftedBy], names[b.SignedBy]
	if d.Trail, err = deedsOf(r, b.record()); err == nil && b.State == BriefAsked {
		d.Waiting, err = waitingOf(r, b.Campaign, d.Trail)
	}
	return d, err
}

// Brief returns a brief. Fault: NotFound.
func (s *Service) Brief(ctx context.Context, in org.ByID) (d BriefDetail, err error) {
	defer fault.Wrap(&err, "campaign.Brief(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		b, c, content, err := s.seenBrief(ctx, r, in.ID)
		if err != nil {
			return err
		}
		g, err := s.background(ctx, r, c, content)
		if err != nil {
			return err
		}
		d, err = s.briefDetail(ctx, r, c, b, g)
		return err
	})
	return d, err
}

// BriefListInput asks for briefs of a campaign.
type BriefListInput struct {
	ID string `path:"id" maxLength:"64"`
	list.Query
}

// Briefs lists the briefs of a campaign that the actor may see, the latest first.
func (s *Service) Briefs(ctx context.Context, in BriefListInput) (p list.Page[Brief], err error) {
	defer fault.Wrap(&err, "campaign.Briefs(%s)", in.ID)
	latest := list.Down("created_at", "id", func(b Brief) list.Key { return list.At(b.CreatedAt, b.ID) })
	return pageOf(ctx, s.DB, in.ID, in.Query, latest, func(ctx context.Context, w *db.Where) { within(ctx, w, in.ID) }, briefPage)
}

// BriefFile returns a brief as docx. Faults: NotFound, Invalid for what cannot be laid
// out.
func (s *Service) BriefFile(ctx context.Context, in org.ByID) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.BriefFile(%s)", in.ID)
	d, err := s.Brief(ctx, in)
	if err != nil {
		return f, err
	}
	return official.File(d.Title, d.Document.laidOut())
}

// laidOut is a document in the layout of official ones.
func (d Document) laidOut() official.Document {
	out := official.Document{Kind: official.Summary, Title: official.Clean(d.Title), Date: d.Date.Begin(), Signature: official.Clean(d.Editor)}
	if d.Kind == aBrief {
		out.Kind, out.Issuer, out.Issue, out.Editor, out.Signature = official.Bulletin, official.Clean(d.Name), d.Issue, official.Clean(d.Editor), ""
	}
	for _, x := range d.Sections {
		section := official.Section{Heading: official.Clean(x.Heading)}
		for _, p := range x.Paragraphs {
			section.Content = append(section.Content, official.Paragraph(official.Clean(p)))
		}
		out.Body.Sections = append(out.Body.Sections, section)
	}
	return out
}
