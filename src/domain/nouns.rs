//! Every noun of the ledger, once. From this list follow the ids, the loaded rows, the keys that rules ask by,
//! commands, events, refusals, answers, what the store loads, writes and compares, and what a path can name.
//!
//! A line says, from left to right: the noun's folder; its name among keys, events and answers; its row; its id
//! with the id's number and word; the table of its rows; the refusal where there is none; and each command with
//! the rule in `rules.rs` that decides it.
//!
//! `others` have no id of their own; `rows` are tables that stand beside a noun's main one.

/// Hands the list of nouns to the macro that is named.
#[macro_export]
macro_rules! nouns {
    ($then:ident) => {
        $then! {
            things {
                unit: Unit(Unit, UnitId = 1 "unit") in units else UnitNotFound
                    { CreateUnit => decide_create, SetHeadcount => decide_headcount };
                volunteer: Volunteer(Volunteer, VolunteerId = 2 "volunteer") in volunteers else VolunteerNotFound
                    { Register => decide_register, ChangeContact => decide_contact, CloseVolunteer => decide_close,
                      DeactivateVolunteer => decide_deactivate, ReactivateVolunteer => decide_reactivate,
                      ForgetVolunteer => decide_forget };
                programme: Programme(Programme, ProgrammeId = 3 "programme") in programmes else ProgrammeNotFound
                    { CreateProgramme => decide_create, UpdateProgramme => decide_update, CloseProgramme => decide_close };
                activity: Activity(Activity, ActivityId = 4 "activity") in activities else ActivityNotFound
                    { CreateActivity => decide_create, PublishActivity => decide_publish, UpdateActivity => decide_update, CancelActivity => decide_cancel };
                record: Record(ServiceRecord, RecordId = 5 "service record") in records else RecordNotFound
                    { SubmitRecord => decide_submit, ConfirmRecord => decide_confirm, CreditRecord => decide_credit, CreditSeen => decide_credit_seen, RejectRecord => decide_reject, WithdrawRecord => decide_withdraw, VoidRecord => decide_void };
                transfer: Transfer(Transfer, TransferId = 6 "transfer") in transfers else TransferNotFound
                    { RequestTransfer => decide_request, StepTransfer => decide_step };
                policy: Policy(PointsPolicy, PolicyId = 7 "points policy") in policies else PolicyNotFound
                    { CreatePolicy => decide_create };
                reward: Reward(Reward, RewardId = 8 "reward") in rewards else RewardNotFound
                    { CreateReward => decide_create, RestockReward => decide_restock, WithdrawReward => decide_withdraw };
                redemption: Redemption(Redemption, RedemptionId = 9 "redemption") in redemptions else RedemptionNotFound
                    { PlaceRedemption => decide_place, FulfilRedemption => decide_fulfil, CancelRedemption => decide_cancel, ExpireRedemption => decide_expire };
                operator: Operator(Operator, OperatorId = 10 "operator") in operators else OperatorNotFound
                    { CreateOperator => decide_create, UpdateOperator => decide_update, DisableOperator => decide_disable,
                      EnableOperator => decide_enable, ResetPassword => decide_reset, SetPassword => decide_set_password };
                lot: Lot(Lot, LotId = 11 "lot") in lots else LotNotFound
                    { ExpirePoints => decide_expire };
                certificate: Certificate(Certificate, CertificateId = 12 "certificate") in certificates else CertificateNotFound
                    { IssueCertificate => decide_issue, RevokeCertificate => decide_revoke };
                objection: Objection(Objection, ObjectionId = 13 "objection") in objections else ObjectionNotFound
                    { RaiseObjection => decide_raise, ResolveObjection => decide_resolve };
                correction: Correction(Correction, CorrectionId = 14 "correction") in corrections else CorrectionNotFound
                    { AskCorrection => decide_ask, AcceptCorrection => decide_accept, DeclineCorrection => decide_decline };
                star: StarScheme(StarScheme, StarSchemeId = 51 "star scheme") in star_schemes else StarSchemeNotFound
                    { CreateStarScheme => decide_create };
                assessment: AssessmentScheme(AssessmentScheme, AssessmentSchemeId = 52 "assessment scheme") in assessment_schemes else AssessmentSchemeNotFound
                    { CreateAssessmentScheme => decide_create };
                pledge: Pledge(Pledge, PledgeId = 53 "pledge") in pledges else PledgeNotFound
                    { MakePledge => decide_make, FulfilPledge => decide_fulfil, EndPledge => decide_end };
                model_post: ModelPost(ModelPost, ModelPostId = 54 "model post") in model_posts else ModelPostNotFound
                    { AwardModelPost => decide_award, EndModelPost => decide_end };
                training: Training(Training, TrainingId = 55 "training") in trainings else TrainingNotFound
                    { EnterTraining => decide_enter, CorrectTraining => decide_correct, VoidTraining => decide_void };
                honour: Honour(Honour, HonourId = 56 "honour") in honours else HonourNotFound
                    { EnterHonour => decide_enter, CorrectHonour => decide_correct, VoidHonour => decide_void };
                identity_change: IdentityChange(IdentityChange, IdentityChangeId = 60 "change of identity") in identity_changes else IdentityChangeNotFound
                    { AskIdentityChange => decide_ask, ConfirmIdentityChange => decide_confirm, DeclineIdentityChange => decide_decline };
                merge: Merge(Merge, MergeId = 61 "merge") in merges else MergeNotFound
                    { AskMerge => decide_ask, ConfirmMerge => decide_confirm, DeclineMerge => decide_decline };
                position: Position(Position, PositionId = 65 "position") in positions else PositionNotFound
                    { CreatePosition => decide_create, UpdatePosition => decide_update, FillPosition => decide_fill };
                enrolment: Enrolment(Enrolment, EnrolmentId = 66 "enrolment") in enrolments else EnrolmentNotFound
                    { Enrol => decide_enrol, AcceptOffer => decide_accept, WithdrawEnrolment => decide_withdraw,
                      SelectApplicant => decide_select, DeclineApplicant => decide_decline, LapseOffer => decide_lapse,
                      MarkAbsent => decide_absent, ExcuseAbsence => decide_excuse, ContestAbsence => decide_contest };
                attendance: Attendance(Attendance, AttendanceId = 67 "attendance") in attendances else AttendanceNotFound
                    { CheckIn => decide_check_in, CheckOut => decide_check_out, LeaveUnfinished => decide_unfinished,
                      CompleteAttendance => decide_complete };
                rating: Rating(Rating, RatingId = 75 "rating") in ratings else RatingNotFound
                    { RateActivity => decide_activity, RateService => decide_service };
                access: Access(Access, AccessId = 64 "access") in accesses else AccessNotFound
                    { RevealNumbers => decide_reveal };
                binding: Binding(Binding, BindingId = 70 "binding") in bindings else BindingNotFound
                    { Bind => decide_bind, EndBinding => decide_end };
                application: Application(Application, ApplicationId = 71 "application") in applications else ApplicationNotFound
                    { Apply => decide_apply, ConfirmApplication => decide_confirm, RecogniseApplicant => decide_recognise,
                      DeclineApplication => decide_decline, WithdrawApplication => decide_withdraw, ForgetApplication => decide_forget };
            }
            others {
                calendar: Calendar { MarkDays => decide_mark };
                notice: NoticePolicy { SetNoticePolicy => decide_set };
                crediting_policy: CreditingPolicy { SetCreditingPolicy => decide_set };
                export: Export { RecordExport => decide_record };
                dismissal: Dismissal { DismissFinding => decide_dismiss };
                token: Token { IssueToken => decide_issue, EndTokens => decide_end };
                activation: Activation { GiveActivation => decide_give, TryActivation => decide_try };
                message: Message { AnnouncePointsExpiry => decide_points, AnnounceRedemptionExpiry => decide_redemption,
                    ReadMessages => decide_read, NoteSignIn => decide_sign_in };
            }
            rows {
                headcounts: unit::Headcount;
                memberships: volunteer::Membership;
                merged_numbers: merge::MergedNumber;
                resolutions: objection::Resolution;
                calendar: calendar::CalendarDay;
                notice_policies: notice::NoticePolicy;
                crediting_policies: crediting_policy::CreditingPolicy;
                dismissals: dismissal::Dismissal;
            }
        }
    };
}
