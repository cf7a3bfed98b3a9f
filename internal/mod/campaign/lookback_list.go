package campaign

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// jobLook brings the lists to what was punished and put right since, every
// lookEvery.
const (
	jobLook   = "campaign.look_back"
	lookEvery = time.Hour
)

func (s *Service) lookEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns/{id}/look-back", "How far looking back has come", Read, s.LookBack),
		httpapi.Do("POST /campaigns/{id}/look-back/rebuild", "Bring the list to what was punished and put right", Manage, s.RebuildLook),
		httpapi.Do("GET /campaigns/{id}/look-back/institutions", "The institutions to be looked at again", Read, s.LookList),
		httpapi.Download("GET /campaigns/{id}/look-back/institutions/export", "The institutions to be looked at again, as a file", Read, s.ExportLook),
		httpapi.Do("GET /look-back/{id}", "Why an institution is looked at again, and what came of it", Read, s.LookGet),
		httpapi.Do("POST /look-back/{id}/check", "Record that somebody looked", Manage, s.CheckLook),
		httpapi.Do("POST /look-back/{id}/off", "Ask to take an institution off the list, or decide on it", Manage, s.TakeOff),
	}
}

// RebuildAll is the job that rebuilds the list of every campaign that runs.
func (s *Service) RebuildAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "campaign.RebuildAll")
	return s.eachCampaign(authz.With(ctx, authz.System()), func(ctx context.Context, c Campaign) error {
		_, err := s.RebuildLook(ctx, org.ByID{ID: c.ID})
		return err
	}, Running)
}

// RebuildLook puts every institution on the list that was punished or had something
// put right in a campaign, with every reason. It takes nobody off and loses no
// decision; a reason later than a decision opens the line again. In which order
// reasons come makes no difference, and an institution that fails holds up no other.
func (s *Service) RebuildLook(ctx context.Context, in org.ByID) (p LookProgress, err error) {
	defer fault.Wrap(&err, "campaign.RebuildLook(%s)", in.ID)
	var c Campaign
	var fresh map[string][]Ground
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		if c, err = seen(ctx, r, in.ID); err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, c.Path); err != nil {
			return err
		}
		fresh, err = s.freshGrounds(ctx, r, c)
		return err
	})
	if err != nil {
		return p, err
	}
	var failed []error
	for _, unit := range slices.Sorted(maps.Keys(fresh)) {
		failed = append(failed, s.addGrounds(ctx, c, unit, fresh[unit]))
	}
	if err := errors.Join(failed...); err != nil {
		return p, err
	}
	return s.LookBack(ctx, in)
}

// freshGrounds are the reasons that no line has, by institution. Reasons may become
// known in any order: all of them are compared, and none is written that is there.
func (s *Service) freshGrounds(ctx context.Context, r db.Reader, c Campaign) (map[string][]Ground, error) {
	punished, err := s.Punished.Punished(ctx, r, c.ID)
	if err != nil {
		return nil, err
	}
	rectified, err := s.Rectified.Rectified(ctx, r, c.ID)
	if err != nil {
		return nil, err
	}
	known, err := knownGrounds(r, c.ID)
	fresh := map[string][]Ground{}
	for _, g := range slices.Concat(punished, rectified) {
		if !known[[3]string{g.Unit, g.Kind, g.Record}] {
			fresh[g.Unit] = append(fresh[g.Unit], g)
		}
	}
	return fresh, err
}

// addGrounds adds reasons to the line of an institution, and lists it where it has
// none.
func (s *Service) addGrounds(ctx context.Context, c Campaign, unit string, all []Ground) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		u, err := org.UnitByID(tx.Reader, unit)
		if fault.Is(err, fault.NotFound) {
			return nil // a person was punished, or somebody without an institution here
		}
		if err != nil {
			return err
		}
		x, err := lookOf(tx.Reader, c.ID, u.ID)
		if fault.Is(err, fault.NotFound) {
			x = lookBack{ID: db.NewID(), Campaign: c.ID, Unit: u.ID, Path: u.Path, State: LookOpen, ListedAt: s.instant()}
			err = s.enlist(ctx, tx, x)
		}
		for _, g := range all {
			if err != nil {
				return err
			}
			x, err = s.addOne(ctx, tx, x, g)
		}
		return err
	})
}

func (s *Service) enlist(ctx context.Context, tx *db.Tx, x lookBack) error {
	if err := insertLook(tx, x); err != nil {
		return err
	}
	return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(lookList), Became: string(LookOpen)})
}

// addOne adds a reason to a line that may have it already.
func (s *Service) addOne(ctx context.Context, tx *db.Tx, x lookBack, g Ground) (lookBack, error) {
	g.At = g.At.UTC().Truncate(time.Millisecond)
	added, err := addGround(tx, x.ID, g)
	if err != nil || !added {
		return x, err
	}
	err = s.moveLook(ctx, tx, &x, lookGround, "", map[string]any{"kind": g.Kind, "record": g.Record}, x.age(g))
	return x, err
}

// moveLook takes a step with a line and stores it.
func (s *Service) moveLook(ctx context.Context, tx *db.Tx, x *lookBack, act flow.Action, reason string, detail map[string]any, holds ...flow.Guard) (err error) {
	was := x.State
	if x.State, err = lookLife().Move(was, act, hasAt(ctx, x.Path), holds...); err != nil {
		return err
	}
	if err := updateLook(tx, *x); err != nil {
		return err
	}
	return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(act), Was: string(was), Became: string(x.State), Reason: reason, Detail: detail})
}

// CheckLookBody is what somebody found who looked.
type CheckLookBody struct {
	Result     string `json:"result" enum:"held,rebound"`
	Inspection string `json:"inspection,omitempty" maxLength:"64" doc:"Identifier of the inspection; or a note."`
	Note       string `json:"note,omitempty" maxLength:"2000"`
}

// CheckLook records that an institution was looked at: by an inspection, or by what
// a note says. Faults: Invalid without either and for an inspection that the
// institution did not have since, Conflict once it was.
func (s *Service) CheckLook(ctx context.Context, in org.PostedTo[CheckLookBody]) (l LookLine, err error) {
	defer fault.Wrap(&err, "campaign.CheckLook(%s)", in.ID)
	return s.onLook(ctx, in.ID, func(tx *db.Tx, x *lookBack) error {
		b := in.Body
		b.Note = strings.TrimSpace(b.Note)
		if b.Result != LookHeld && b.Result != LookRebound {
			return fault.Field("result", i18n.T("请选择合格或反弹", "please choose held or rebound"))
		}
		if b.Inspection == "" && b.Note == "" {
			return fault.Field("note", i18n.T("请选择检查任务，或写明怎样复查的", "please choose the inspection, or say how it was looked at"))
		}
		if err := s.checkVisit(ctx, tx.Reader, *x, b.Inspection); err != nil {
			return err
		}
		x.Result, x.CheckedAt, x.CheckedBy, x.Inspection, x.Note = b.Result, s.instant(), authz.From(ctx).ID, b.Inspection, b.Note
		x.AskedBy, x.AskedAt, x.AskedWhy = "", time.Time{}, ""
		return s.moveLook(ctx, tx, x, lookCheck, b.Note, map[string]any{"result": b.Result, "inspection": b.Inspection})
	})
}

// checkVisit refuses an inspection that is none of those which may look back.
func (s *Service) checkVisit(ctx context.Context, r db.Reader, x lookBack, id string) error {
	if id == "" {
		return nil
	}
	all, err := s.lookVisits(ctx, r, x)
	if err == nil && !slices.ContainsFunc(all, func(v LookVisit) bool { return v.ID == id }) {
		err = fault.Field("inspection", i18n.T("请选择该机构在事由发生之后的检查", "please choose an inspection that it had after the reason"))
	}
	return err
}

// lookVisits are the inspections that an institution had since its first reason.
func (s *Service) lookVisits(ctx context.Context, r db.Reader, x lookBack) ([]LookVisit, error) {
	grounds, err := groundsOf(r, []string{x.ID})
	if err != nil || len(grounds[x.ID]) == 0 {
		return []LookVisit{}, err
	}
	return s.Visited.Visited(ctx, r, x.Unit, grounds[x.ID][0].At)
}

// TakeOffBody asks to take an institution off the list, or decides on it.
type TakeOffBody struct {
	Action flow.Action `json:"action" enum:"ask_off,refuse_off,off"`
	Reason string      `json:"reason" maxLength:"500"`
}

// TakeOff asks to take an institution off the list, or decides on it: whoever decides
// is not who asked. Faults: Invalid without a reason, Conflict.
func (s *Service) TakeOff(ctx context.Context, in org.PostedTo[TakeOffBody]) (l LookLine, err error) {
	defer fault.Wrap(&err, "campaign.TakeOff(%s, %s)", in.ID, in.Body.Action)
	return s.onLook(ctx, in.ID, func(tx *db.Tx, x *lookBack) error {
		me, why := authz.From(ctx).ID, strings.TrimSpace(in.Body.Reason)
		if why == "" {
			return fault.Field("reason", i18n.T("请说明原因", "please give the reason"))
		}
		held := x.asked(me)
		switch in.Body.Action {
		case lookAsk:
			x.AskedBy, x.AskedAt, x.AskedWhy = me, s.instant(), why
		case lookRefuse:
			x.AskedBy, x.AskedAt, x.AskedWhy = "", time.Time{}, ""
		case lookOff:
			x.OffAt, x.OffBy = s.instant(), me
			x.AskedBy, x.AskedAt = "", time.Time{}
		default:
			return fault.Field("action", i18n.T("没有这项操作", "there is no such action"))
		}
		return s.moveLook(ctx, tx, x, in.Body.Action, why, nil, held...)
	})
}

// asked are the guards that hold for who decides on taking it off.
func (x lookBack) asked(me string) []flow.Guard {
	switch x.AskedBy {
	case "":
		return []flow.Guard{isNotAsked}
	case me:
		return nil
	}
	return []flow.Guard{isAskedByOther}
}

// onLook does something to a line of a campaign that the actor manages.
func (s *Service) onLook(ctx context.Context, id string, do func(*db.Tx, *lookBack) error) (l LookLine, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := lookByID(tx.Reader, id)
		if err != nil {
			return err
		}
		if !authz.From(ctx).Covers(Read, x.Path) {
			return fault.Missing(lookSubject())
		}
		if err := authz.Need(ctx, Manage, x.Path); err != nil {
			return err
		}
		if err := do(tx, &x); err != nil {
			return err
		}
		lines, err := lookLines(ctx, tx.Reader, []lookBack{x})
		l = lines[0]
		return err
	})
	return l, err
}
