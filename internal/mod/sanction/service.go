package sanction

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/module"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
)

// Service is the use cases of sanctions.
type Service struct {
	DB       *db.DB
	Now      clock.Clock
	Audit    *audit.Log
	Trail    *trail.Log
	Settings *config.Settings
	Numbers  *serial.Numbers
	// Calendar returns the working days as they are known at one time, under the
	// rules for time limits that held when a limit began.
	Calendar func(ctx context.Context, began, known time.Time) calendar.Calendar
	// Notify tells members of staff something inside the program.
	Notify Notifier
	// Files keeps the receipts of transfers.
	Files Files
	// Campaign refuses a campaign that the actor does not see, as the value of
	// campaign_id; none is none.
	Campaign func(ctx context.Context, r db.Reader, id string) error
}

// Notifier tells staff something.
type Notifier interface {
	Send(ctx context.Context, tx *db.Tx, to []string, kind string, text i18n.Text, link string) error
}

//go:embed migrations
var files embed.FS

// Migrations returns the tables of sanctions.
func Migrations() fs.FS { return db.Tables(files) }

// publicFor is how long everybody may keep what is public: a withdrawal is to be
// seen within a minute.
const publicFor = time.Minute

// Module declares what sanctions bring.
func (s *Service) Module() module.Module {
	tables() // a mistake in them is found now
	return module.Module{
		Name:       "sanction",
		Migrations: Migrations(),
		Endpoints:  append(s.penaltyEndpoints(), s.recordEndpoints()...),
		Jobs:       []job.Handler{job.On(jobAlarms, s.alarms), job.On(jobExpire, s.expireAll), job.On(jobGrade, s.gradeAll)},
		Periodic:   []job.Periodic{{Kind: jobAlarms, Every: alarmEvery}, {Kind: jobExpire, Every: expireEvery}, {Kind: jobGrade, Every: gradeEvery}},
		Settings:   settings(),
		Checks:     checks(),
	}
}

func (s *Service) penaltyEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /sanctions/dictionary", "Closed lists and rules in force", Read, s.Dictionary),
		httpapi.Do("GET /sanctions/desk", "How many penalties, points, transfers and publications are late, end soon or wait", Read, s.Desk),
		httpapi.Do("GET /sanctions/penalties", "List penalties", Read, s.Penalties),
		httpapi.Do("GET /sanctions/penalties/{id}", "Read a penalty", Read, s.Penalty),
		httpapi.Do("POST /sanctions/penalties", "File a penalty", Manage, s.File, httpapi.Created),
		httpapi.Do("POST /sanctions/penalties/spot", "Punish on the spot", Manage, s.PunishOnSpot, httpapi.Created),
		httpapi.Do("POST /sanctions/penalties/{id}/notice", "Record the notice", Manage, s.GiveNotice),
		httpapi.Do("POST /sanctions/penalties/{id}/hearing-request", "Record that a hearing is asked for", Manage, s.AskHearing),
		httpapi.Do("POST /sanctions/penalties/{id}/hearing", "Record the hearing", Manage, s.Hear),
		httpapi.Do("POST /sanctions/penalties/{id}/decision", "Decide", Manage, s.Decide),
		httpapi.Do("POST /sanctions/penalties/{id}/service", "Record the service", Manage, s.Serve),
		httpapi.Do("POST /sanctions/penalties/{id}/payment", "Record the payment of the fine", Manage, s.Pay),
		httpapi.Do("POST /sanctions/penalties/{id}/execution", "Record that all is carried out", Manage, s.Execute),
		httpapi.Do("POST /sanctions/penalties/{id}/closing", "Close a penalty", Manage, s.Close),
		httpapi.Do("POST /sanctions/penalties/{id}/dropping", "Drop a case", Manage, s.Drop),
		httpapi.Do("POST /sanctions/penalties/{id}/change", "Change a decision", Manage, s.Alter),
		httpapi.Do("POST /sanctions/penalties/{id}/annulment", "Annul a decision", Manage, s.Annul),
		httpapi.Do("POST /sanctions/penalties/{id}/responsibility", "Hold somebody responsible", Manage, s.HoldResponsible),
		httpapi.Do("POST /sanctions/penalties/{id}/unpublished", "Say why a decision is not made public", Manage, s.KeepPrivate),
	}
}

func (s *Service) recordEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /sanctions/points", "List points", Read, s.PointsList),
		httpapi.Do("GET /sanctions/points/{id}", "Read points", Read, s.PointsOne),
		httpapi.Do("POST /sanctions/points", "Give points", Manage, s.GivePoints, httpapi.Created),
		httpapi.Do("POST /sanctions/points/{id}/notice", "Record the notice of points", Manage, s.NotifyPoints),
		httpapi.Do("POST /sanctions/points/{id}/service", "Record the service of the notice", Manage, s.ServePoints),
		httpapi.Do("POST /sanctions/points/{id}/defence", "Record the defence", Manage, s.Defend),
		httpapi.Do("POST /sanctions/points/{id}/voiding", "Void points", Manage, s.Void),
		httpapi.Do("POST /sanctions/passes", "Record that an institution passed", Manage, s.RecordPass, httpapi.Created),
		httpapi.Do("GET /sanctions/consequences", "List what points lead to", Read, s.Consequences),
		httpapi.Do("POST /sanctions/consequences/{id}/decision", "Decide what points lead to", Manage, s.DecideConsequence),
		httpapi.Do("GET /sanctions/credit", "List credit records", Read, s.Subjects),
		httpapi.Do("GET /sanctions/credit/{id}", "Read a credit record", Read, s.CreditOf),
		httpapi.Do("GET /sanctions/blacklist", "List the blacklist", Read, s.Blacklisted),
		httpapi.Do("POST /sanctions/blacklist", "Put somebody on the blacklist", Manage, s.Blacklist, httpapi.Created),
		httpapi.Do("POST /sanctions/blacklist/{id}/removal", "Take somebody off the blacklist", Manage, s.Remove),
		httpapi.Do("GET /sanctions/publications", "List what is, was or is to be public", Read, s.Publications),
		httpapi.Do("GET /sanctions/publications/{id}", "Read a publication", Read, s.PublicationOne),
		httpapi.Do("POST /sanctions/publications", "Propose a publication", Manage, s.Propose, httpapi.Created),
		httpapi.Do("POST /sanctions/publications/{id}/approval", "Approve a publication", Publish, s.Approve),
		httpapi.Do("POST /sanctions/publications/{id}/refusal", "Refuse a publication", Publish, s.Refuse),
		httpapi.Do("POST /sanctions/publications/{id}/withdrawal", "Withdraw a publication", Publish, s.Withdraw),
		httpapi.Do("GET /sanctions/transfers", "List transfers", Read, s.Transfers),
		httpapi.Do("GET /sanctions/transfers/{id}", "Read a transfer", Read, s.TransferOne),
		httpapi.Do("POST /sanctions/transfers", "Hand something to another authority", Manage, s.Send, httpapi.Created),
		httpapi.Do("POST /sanctions/transfers/{id}/receipt", "Record the receipt", Manage, s.Receive),
		httpapi.Do("POST /sanctions/transfers/{id}/result", "Record the result", Manage, s.RecordResult),
		httpapi.Do("POST /sanctions/transfers/{id}/chasing", "Ask the other authority again", Manage, s.Chase),
		httpapi.Do("POST /sanctions/transfers/{id}/closing", "Close a transfer", Manage, s.CloseTransfer),
		httpapi.Download("GET /sanctions/transfers/{id}/files/{file}", "The receipt of a transfer", Read, s.OpenReceipt),
		httpapi.Do("GET /sanctions/vetoes", "List vetoes", Read, s.Vetoes),
		httpapi.Do("GET /sanctions/vetoes/answer", "Ask whether somebody may", Read, s.MayUse),
		httpapi.Do("POST /sanctions/vetoes", "Record a veto", Manage, s.Veto, httpapi.Created),
		httpapi.Do("POST /sanctions/vetoes/{id}/lifting", "Lift a veto", Manage, s.Lift),
		httpapi.Public("GET /public/sanctions", "Penalties and blacklist that are public", s.PublicSanctions, httpapi.Cached(publicFor)),
		httpapi.Public("GET /public/sanctions/{id}", "A penalty or blacklist entry that is public, or that it was withdrawn", s.PublicSanction, httpapi.Cached(publicFor)),
	}
}

func (s *Service) now() time.Time { return stampOf(s.Now()) }

func (s *Service) today() time.Time { return clock.Day(s.Now()) }

// nextNumber makes the number of a record of somebody, which may hang on a campaign:
// kind, region, day, sequence. It comes before the transaction (kit/serial), and none is
// drawn for what may not be.
func (s *Service) nextNumber(ctx context.Context, kind string, w Who, campaign string) (number string, err error) {
	if err := w.check(); err != nil {
		return "", err
	}
	region := ""
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if err := s.Campaign(ctx, r, campaign); err != nil {
			return err
		}
		if w.SubjectID != "" {
			x, err := s.knownSubject(ctx, r, w.SubjectID, Manage)
			region = x.Region
			return err
		}
		x, err := w.placed(r)
		if region = x.Region; err != nil {
			return err
		}
		return authz.Need(ctx, Manage, x.Path)
	})
	if err != nil {
		return "", err
	}
	on := s.today().Format("20060102")
	n, err := s.Numbers.Next(ctx, kind+"-"+region+"-"+on)
	return fmt.Sprintf("%s-%s-%s-%06d", kind, region, on, n), err
}
