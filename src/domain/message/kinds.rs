//! Every kind of message, once: what it says in English and in Chinese, and of which entries it tells.
//!
//! A line says, from left to right: the kind; its texts, in which `{minutes}`, `{points}` and `{due_at}` stand for the
//! message's figures; and each event that it tells of, with whom it tells what. A kind without an event tells of what
//! makes no entry. From this list follow the names, the texts and [`messages`](super::told::messages).

/// Hands the list of kinds to the macro that is named.
macro_rules! message_kinds {
    ($then:ident) => {
        $then! {
            /// 入账: service was credited.
            RecordCredited: "A service record of yours was credited: {minutes} minutes, {points} points.",
                "您的一条服务记录已入账：时长 {minutes} 分钟，积分 {points}。"
                on Event::Record(record::Event::RecordCredited { record, crediting }) => |tell| tell.credited(*record, crediting),
                on Event::Record(record::Event::RecordSubmitted { volunteer, crediting: Some(crediting), .. })
                    => |tell| Ok(tell.credited_at_once(*volunteer, crediting));
            /// 驳回: service was not credited.
            RecordRejected: "A service record of yours was rejected.",
                "您的一条服务记录被驳回。"
                on Event::Record(record::Event::RecordRejected { record, .. }) => |tell| tell.record(*record);
            /// 作废: service that was credited counts no longer.
            RecordVoided: "A service record of yours was voided: its {minutes} minutes count no longer.",
                "您的一条服务记录被作废：{minutes} 分钟时长不再计入。"
                on Event::Record(record::Event::RecordVoided { record, .. }) => |tell| tell.voided(*record);
            /// 更正: a certificate counts service that was voided.
            CertificateCorrected: "A certificate of yours counts service that was voided since.",
                "您的一份证明所计入的服务记录已被作废。"
                on Event::Record(record::Event::RecordVoided { record, .. }) => |tell| tell.certificates_that_count(*record);
            /// 取代: a certificate was replaced.
            CertificateSuperseded: "A certificate of yours was replaced by another one.",
                "您的一份证明已被新的证明取代。"
                on Event::Certificate(certificate::Event::CertificateIssued { replaces: Some(replaced), .. })
                    => |tell| tell.certificate(*replaced);
            /// 撤销: a certificate was revoked.
            CertificateRevoked: "A certificate of yours was revoked.",
                "您的一份证明已被撤销。"
                on Event::Certificate(certificate::Event::CertificateRevoked { certificate, .. })
                    => |tell| tell.certificate(*certificate);
            /// 异议: somebody objected to service on notice.
            ObjectionRaised: "Somebody objected to a service record of yours that is on public notice.",
                "有人对您公示中的一条服务记录提出了异议。"
                on Event::Objection(objection::Event::ObjectionRaised { record, .. }) => |tell| tell.objected(*record);
            /// 异议成立: an objection was right; the record is rejected.
            ObjectionUpheld: "An objection to a service record of yours was upheld: the record is rejected.",
                "对您一条服务记录的异议成立，该记录被驳回。"
                on Event::Objection(objection::Event::ObjectionUpheld { objection, .. })
                    => |tell| tell.objection(*objection);
            /// 异议不成立: an objection was not right.
            ObjectionDismissed: "An objection to a service record of yours was dismissed.",
                "对您一条服务记录的异议不成立。"
                on Event::Objection(objection::Event::ObjectionDismissed { objection, .. })
                    => |tell| tell.objection(*objection);
            /// 异议答复: what one objected oneself was answered.
            ObjectionAnswered: "An objection that you raised was answered.",
                "您提出的异议已有答复。"
                on Event::Objection(objection::Event::ObjectionUpheld { objection, .. })
                    => |tell| tell.objector(*objection),
                on Event::Objection(objection::Event::ObjectionDismissed { objection, .. })
                    => |tell| tell.objector(*objection);
            /// 更正受理: what was missing or wrong was put right.
            CorrectionAccepted: "What you asked to have corrected was corrected.",
                "您申请的更正已办理。"
                on Event::Correction(correction::Event::CorrectionAccepted { correction, .. })
                    => |tell| tell.correction(*correction);
            /// 更正不予受理: a correction was declined.
            CorrectionDeclined: "What you asked to have corrected was not corrected, for the reason given.",
                "您申请的更正未予办理，理由见详情。"
                on Event::Correction(correction::Event::CorrectionDeclined { correction, .. })
                    => |tell| tell.correction(*correction);
            /// 转接申请: somebody else asked for one's transfer.
            TransferRequested: "A transfer to another unit was requested for you.",
                "有人为您申请了关系转接。"
                on Event::Transfer(transfer::Event::TransferRequested { volunteer, expires_at, .. })
                    => |tell| Ok(tell.moved(*volunteer, *expires_at));
            /// 转出: the source unit let go.
            TransferReleased: "Your unit released you for a transfer.",
                "您的关系转接已由转出单位同意。"
                on Event::Transfer(transfer::Event::TransferReleased { transfer, .. }) => |tell| tell.transfer(*transfer);
            /// 转入: the target unit took one in.
            TransferAccepted: "Your transfer is complete: your new unit has accepted you.",
                "您的关系转接已完成，转入单位已接收。"
                on Event::Transfer(transfer::Event::TransferAccepted { transfer }) => |tell| tell.transfer(*transfer);
            /// 转接驳回: either unit refused.
            TransferRejected: "Your transfer was rejected.",
                "您的关系转接被驳回。"
                on Event::Transfer(transfer::Event::TransferRejected { transfer, .. }) => |tell| tell.transfer(*transfer);
            /// 转接取消: who requested it took it back.
            TransferCancelled: "Your transfer was cancelled.",
                "您的关系转接已被取消。"
                on Event::Transfer(transfer::Event::TransferCancelled { transfer }) => |tell| tell.transfer(*transfer);
            /// 转接过期: it was not completed in time.
            TransferExpired: "Your transfer was not completed in time and has expired.",
                "您的关系转接未按时办结，已过期。"
                on Event::Transfer(transfer::Event::TransferExpired { transfer }) => |tell| tell.transfer(*transfer);
            /// 积分即将到期: points will expire within a month.
            PointsExpiring: "{points} points of yours expire soon, the first of them at {due_at}.",
                "您有 {points} 积分即将到期，其中最早的于 {due_at} 失效。"
                on Event::Message(Announcement::PointsExpiryAnnounced { volunteer, points, expires_at, .. })
                    => |_| Ok(Told::to(*volunteer).points(*points).due(*expires_at));
            /// 礼品待领: a gift is held for somebody.
            RedemptionReady: "A gift for {points} points is held for you until {due_at}.",
                "已用 {points} 积分为您兑换礼品，请于 {due_at} 前领取。"
                on Event::Redemption(redemption::Event::RedemptionPlaced { volunteer, points, expires_at, .. })
                    => |tell| Ok(tell.placed(*volunteer, *points, *expires_at));
            /// 礼品即将过期: a gift is held for a few days more.
            RedemptionExpiring: "A gift waits for you: pick it up before {due_at}.",
                "您兑换的礼品尚未领取，请于 {due_at} 前领取。"
                on Event::Message(Announcement::RedemptionExpiryAnnounced { redemption })
                    => |tell| tell.held_gift(*redemption);
            /// 礼品过期: a gift was not picked up; the points are released.
            RedemptionExpired: "A gift was not picked up in time: {points} points are no longer held for it.",
                "您兑换的礼品逾期未领，所占 {points} 积分已释放。"
                on Event::Redemption(redemption::Event::RedemptionExpired { redemption, .. })
                    => |tell| tell.redemption(*redemption);
            /// 礼品核销: a gift was handed over.
            RedemptionFulfilled: "A gift was handed over to you for {points} points.",
                "您已领取礼品，使用 {points} 积分。"
                on Event::Redemption(redemption::Event::RedemptionFulfilled { redemption })
                    => |tell| tell.redemption(*redemption);
            /// 兑换取消: somebody else gave a redemption up.
            RedemptionCancelled: "A redemption of yours was cancelled: {points} points are no longer held for it.",
                "您的兑换已被取消，所占 {points} 积分已释放。"
                on Event::Redemption(redemption::Event::RedemptionCancelled { redemption, .. })
                    => |tell| tell.redemption(*redemption);
            /// 身份信息变更: the office changed who somebody is.
            IdentityChanged: "The office changed your identity data.",
                "您的身份信息已由单位变更。"
                on Event::IdentityChange(identity_change::Event::IdentityChanged { volunteer, .. })
                    => |_| Ok(Told::to(*volunteer)),
                on Event::IdentityChange(identity_change::Event::IdentityChangeConfirmed { identity_change, .. })
                    => |tell| tell.identity_change(*identity_change);
            /// 申请注销: the office wants to close a registration.
            ClosingAsked: "The office asked to close your registration, which anybody there may do from {due_at} on. You may take that back.",
                "单位申请注销您的注册，{due_at} 起即可办理；您可以撤回。"
                on Event::Volunteer(volunteer::Event::VolunteerClosingAsked { volunteer, .. })
                    => |tell| Ok(tell.closing(*volunteer));
            /// 服务评价: the unit said how one served.
            ServiceRated: "A unit has rated your service at an activity.",
                "单位对您在一次活动中的服务作出了评价。"
                on Event::Rating(rating::Event::ServiceRated { volunteer, .. }) => |tell| Ok(tell.rated(*volunteer));
            /// 报名: somebody else enrolled one.
            EnrolmentMade: "You were enrolled in an activity.",
                "您已被报名参加一项活动。"
                on Event::Enrolment(enrolment::Event::EnrolmentMade { volunteer, .. }) => |tell| Ok(tell.enrolled(*volunteer));
            /// 递补询问: a place is free and kept for one who waited.
            PlaceOffered: "A place in an activity is kept for you until {due_at}: accept it, or it goes to who waits next.",
                "活动有空余名额，为您保留至 {due_at}；请确认，逾期将顺延给下一位。"
                on Event::Position(position::Event::PositionUpdated { promotions, .. }) => |tell| tell.offered(promotions),
                on Event::Position(position::Event::PositionFilled { promotions, .. }) => |tell| tell.offered(promotions),
                on Event::Enrolment(enrolment::Event::EnrolmentWithdrawn { promotions, .. }) => |tell| tell.offered(promotions),
                on Event::Enrolment(enrolment::Event::OfferLapsed { promotions, .. }) => |tell| tell.offered(promotions);
            /// 递补: one who waited has a place.
            PlaceGiven: "You have a place in an activity for which you waited.",
                "您候补的活动已有名额，报名成功。"
                on Event::Position(position::Event::PositionUpdated { promotions, .. }) => |tell| tell.given(promotions),
                on Event::Position(position::Event::PositionFilled { promotions, .. }) => |tell| tell.given(promotions),
                on Event::Enrolment(enrolment::Event::EnrolmentWithdrawn { promotions, .. }) => |tell| tell.given(promotions),
                on Event::Enrolment(enrolment::Event::OfferLapsed { promotions, .. }) => |tell| tell.given(promotions);
            /// 未递补: a place went to somebody who waits behind.
            PassedOver: "A free place for which you wait went to somebody behind you; the reason stands with your enrolment.",
                "您候补的名额已顺延给后面的人，原因见报名详情。"
                on Event::Position(position::Event::PositionUpdated { promotions, .. }) => |tell| tell.passed_over(promotions),
                on Event::Position(position::Event::PositionFilled { promotions, .. }) => |tell| tell.passed_over(promotions),
                on Event::Enrolment(enrolment::Event::EnrolmentWithdrawn { promotions, .. }) => |tell| tell.passed_over(promotions),
                on Event::Enrolment(enrolment::Event::OfferLapsed { promotions, .. }) => |tell| tell.passed_over(promotions);
            /// 递补过期: an offer was not answered in time.
            OfferLapsed: "You did not accept a place in time: it is no longer kept for you.",
                "您未在期限内确认名额，名额不再保留。"
                on Event::Enrolment(enrolment::Event::OfferLapsed { enrolment, .. }) => |tell| tell.enrolment(*enrolment);
            /// 录取: who is in charge gave one a place.
            ApplicantSelected: "You were given a place in an activity.",
                "您的活动报名已通过。"
                on Event::Enrolment(enrolment::Event::ApplicantSelected { enrolment }) => |tell| tell.enrolment(*enrolment);
            /// 未录取: who is in charge gave one no place.
            ApplicantDeclined: "You were not given a place in an activity, for the reason given.",
                "您的活动报名未通过，理由见详情。"
                on Event::Enrolment(enrolment::Event::ApplicantDeclined { enrolment, .. })
                    => |tell| tell.enrolment(*enrolment);
            /// 取消报名: somebody else gave one's place up.
            EnrolmentWithdrawn: "Your enrolment in an activity was withdrawn by somebody else.",
                "您的活动报名已被他人取消。"
                on Event::Enrolment(enrolment::Event::EnrolmentWithdrawn { enrolment, .. })
                    => |tell| tell.enrolment(*enrolment);
            /// 缺席: one was not there.
            AbsenceMarked: "You were marked as absent from an activity. You may say that you were there, or why not.",
                "您被标记为活动缺席；如有异议或理由，您可以说明。"
                on Event::Enrolment(enrolment::Event::AbsenceMarked { enrolment }) => |tell| tell.enrolment(*enrolment);
            /// 缺席免责: an absence does not count.
            AbsenceExcused: "Your absence from an activity was excused.",
                "您的活动缺席已被免责。"
                on Event::Enrolment(enrolment::Event::AbsenceExcused { enrolment, .. })
                    => |tell| tell.enrolment(*enrolment);
            /// 活动变更: what one is enrolled in takes place at another time or place.
            ActivityChanged: "The time or the place of an activity in which you are enrolled has changed.",
                "您报名的活动，时间或地点有变更。"
                on Event::Activity(activity::Event::ActivityUpdated { activity, details })
                    => |tell| tell.moved_activity(*activity, details);
            /// 活动取消: what one is enrolled in does not take place.
            ActivityCancelled: "An activity in which you are enrolled was called off.",
                "您报名的活动已取消。"
                on Event::Activity(activity::Event::ActivityCancelled { activity }) => |tell| tell.everybody_in(*activity);
            /// 未签退: one did not check out.
            AttendanceUnfinished: "You did not check out of an activity: no minutes are recorded until who is in charge says when you went.",
                "您在一次活动中未签退：负责人补充离场时间之前，不计时长。"
                on Event::Attendance(attendance::Event::AttendanceUnfinished { attendance })
                    => |tell| tell.attendance(*attendance);
            /// 补签退: who is in charge said when one went.
            AttendanceCompleted: "Your attendance at an activity was completed: its service record waits to be credited.",
                "您的活动签退已补充，服务记录待审核入账。"
                on Event::Attendance(attendance::Event::AttendanceCompleted { attendance, .. })
                    => |tell| tell.attendance(*attendance);
            /// 注册通过: the office registered who applied.
            ApplicationConfirmed: "You are registered as a volunteer: your application was confirmed.",
                "您的注册申请已通过，您已登记为志愿者。"
                on Event::Application(application::Event::ApplicationConfirmed { application, volunteer, .. })
                    => |_| Ok(Told::to(*volunteer).about(About::Application(*application)));
            /// 已有登记: the office found that who applied is registered already.
            ApplicantRecognised: "You were registered already: somebody who applied was bound to your registration by your office.",
                "您已有登记：单位已将一份注册申请的登录方式绑定到您的名下。"
                on Event::Application(application::Event::ApplicantRecognised { application, volunteer })
                    => |_| Ok(Told::to(*volunteer).about(About::Application(*application)));
            /// 新绑定: somebody can sign in as one from now on.
            BindingMade: "A new way to sign in to your account was bound.",
                "您的账号新绑定了一种登录方式。"
                on Event::Binding(binding::Event::BindingMade { volunteer, bound_by: BoundBy::Mobile | BoundBy::Activation, .. })
                    => |tell| Ok(tell.bound(*volunteer));
            /// 解绑: somebody else ended a way to sign in.
            BindingEnded: "A way to sign in to your account was ended by somebody else.",
                "您账号的一种登录方式已被他人解除。"
                on Event::Binding(binding::Event::BindingEnded { binding }) => |tell| tell.binding(*binding);
            /// 新登录: somebody signed in.
            SignedIn: "Your account was signed in to.",
                "您的账号有一次新的登录。";
        }
    };
}
pub(super) use message_kinds;
