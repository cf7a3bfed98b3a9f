package intake

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// MakeCodesInput names places that get a code.
type MakeCodesInput struct {
	Body struct {
		Places []string `json:"places" minItems:"1" maxItems:"1000"`
	}
}

// MadeCodes is what was made.
type MadeCodes struct {
	Codes []Code `json:"codes"`
}

// MakeCodes makes a code for each place that has none.
func (s *Service) MakeCodes(ctx context.Context, in MakeCodesInput) (out MadeCodes, err error) {
	defer fault.Wrap(&err, "intake.MakeCodes")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		out.Codes = []Code{}
		for _, id := range in.Body.Places {
			c, made, err := s.makeCode(ctx, tx, id)
			if err != nil {
				return err
			}
			if made {
				out.Codes = append(out.Codes, c)
			}
		}
		return s.Audit.Append(ctx, tx, "code.make", "", "", "count", len(out.Codes))
	})
	return out, err
}

func (s *Service) makeCode(ctx context.Context, tx *db.Tx, place string) (c Code, made bool, err error) {
	p, err := org.PlaceByID(tx.Reader, place)
	if err != nil {
		return c, false, err
	}
	if err := authz.Need(ctx, ManageCodes, p.Path); err != nil {
		return c, false, err
	}
	live, err := db.Value[int64](tx.Reader, `select count(*) from place_code where place = $1 and revoked_at is null`, place)
	if err != nil || live > 0 {
		return c, false, err
	}
	c = Code{ID: db.NewID(), Token: newToken(), Place: p.ID, Institution: p.Institution, Path: p.Path, Words: pickWords(),
		MadeBy: authz.From(ctx).ID, MadeAt: s.Now()}
	return c, true, insertCode(tx, c)
}
