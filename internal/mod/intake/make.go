package intake

import (
	"context"
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// MakeCodesInput names places that get a code.
type MakeCodesInput struct {
	Body struct {
		Places      []string `json:"places,omitempty" maxItems:"1000"`
		Institution string   `json:"institution,omitempty" maxLength:"64" doc:"Every place of it that has no code."`
	}
}

// MadeCodes is what was made.
type MadeCodes struct {
	Codes []Code `json:"codes"`
	Had   int    `json:"had" doc:"Places that were asked for and have a code already; it stays."`
}

// MakeCodes makes a code for each place that has none: selected places, or all
// of an institution. All or nothing. Faults: Invalid when nothing is chosen or
// a place is retired, NotFound, Forbidden outside of the own scope, Conflict
// when somebody else is making the same.
func (s *Service) MakeCodes(ctx context.Context, in MakeCodesInput) (out MadeCodes, err error) {
	defer fault.Wrap(&err, "intake.MakeCodes")
	if len(in.Body.Places) == 0 && in.Body.Institution == "" {
		return out, fault.Field("places", i18n.T("请选择地点或机构", "please choose places or an institution"))
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		out, err = s.makeCodes(ctx, tx, in)
		return err
	})
	if errors.Is(err, db.ErrTaken) {
		return out, fault.New(fault.Conflict, i18n.T("同时有人在为这里制码", "somebody else is making codes for the same places")).
			WithFix(i18n.T("请刷新列表后再试", "reload the list and try again"))
	}
	return out, err
}

func (s *Service) makeCodes(ctx context.Context, tx *db.Tx, in MakeCodesInput) (out MadeCodes, err error) {
	out.Codes = []Code{}
	places, err := placesOf(ctx, tx.Reader, in.Body.Places, in.Body.Institution)
	if err != nil {
		return out, err
	}
	covered, err := liveAt(tx.Reader, idsOf(places))
	if err != nil {
		return out, err
	}
	for _, p := range places {
		if covered[p.ID] {
			out.Had++
			continue
		}
		c := s.newCode(ctx, p)
		if err := insertCode(tx, c); err != nil {
			return out, err
		}
		covered[p.ID] = true
		out.Codes = append(out.Codes, c)
	}
	return out, s.Audit.Append(ctx, tx, "code.make", in.Body.Institution, "", "count", len(out.Codes), "had", out.Had)
}

// placesOf returns the places that were chosen, once the actor was found to
// manage the codes of each.
func placesOf(ctx context.Context, r db.Reader, ids []string, institution string) ([]org.Place, error) {
	chosen, err := chosenPlaces(ctx, r, ids)
	if err != nil || institution == "" {
		return chosen, err
	}
	u, err := org.UnitByID(r, institution)
	if err != nil {
		return nil, err
	}
	if err := authz.Need(ctx, ManageCodes, u.Path); err != nil {
		return nil, err
	}
	all, err := openPlaces(r, institution)
	return append(chosen, all...), err
}

// chosenPlaces returns the places of ids, which the actor must all manage.
func chosenPlaces(ctx context.Context, r db.Reader, ids []string) ([]org.Place, error) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	places, err := placesByID(r, ids)
	if err == nil && len(places) < len(ids) {
		err = fault.Missing(i18n.T("地点", "place"))
	}
	for _, p := range places {
		if !p.ClosedAt.IsZero() {
			return nil, fault.Field("places", i18n.T("地点“%s”已停用", `the place "%s" is retired`), p.Name)
		}
		if err := authz.Need(ctx, ManageCodes, p.Path); err != nil {
			return nil, err
		}
	}
	return places, err
}

// newCode makes a code for a place; nothing is stored yet.
func (s *Service) newCode(ctx context.Context, p org.Place) Code {
	return Code{ID: db.NewID(), Token: newToken(), Place: p.ID, Institution: p.Institution, Path: p.Path, Words: pickWords(),
		MadeBy: authz.From(ctx).ID, MadeAt: s.now()}
}

// now is the present as the database stores it.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }

func idsOf(places []org.Place) []string {
	ids := make([]string, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	return ids
}
