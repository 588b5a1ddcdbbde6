//! The page's end of the line.

use super::handler::Handler;
use super::line::Line;
use super::protocol::{Answer, Ask, News, Reply, Request, Stage, WorkerError};
use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What the page should know without having asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The review that runs has come to this stage.
    Stage(Stage),
    /// The browser gave no worker, and why: the engine runs on the page's thread.
    OnPage(String),
    /// The engine had to be started anew and could not repeat the review it held.
    Lost,
}

/// Asks the engine; clones share one engine.
#[derive(Clone)]
pub struct Client(Rc<RefCell<State>>);

struct State {
    engine: Engine,
    last_number: u32,
    last_generation: u32,
    waiting: BTreeMap<u32, Waiting>,
    /// The last review that was done, to be repeated in a fresh worker.
    kept: Option<Request>,
    on_event: Rc<dyn Fn(Event)>,
}

enum Engine {
    None,
    Worker { line: Line, ready: bool },
    Page(Box<Handler>),
}

struct Waiting {
    request: Request,
    /// `None` for a review that is only repeated.
    asker: Option<oneshot::Sender<Result<Answer, WorkerError>>>,
}

/// Milliseconds before the engine starts on the page's thread, so that the page can draw first.
const DRAW_FIRST_MS: u32 = 32;

impl Client {
    /// Starts the engine; `on_event` hears what the page should know.
    pub fn start(on_event: impl Fn(Event) + 'static) -> Self {
        let client = Self(Rc::new(RefCell::new(State {
            engine: Engine::None,
            last_number: 0,
            last_generation: 0,
            waiting: BTreeMap::new(),
            kept: None,
            on_event: Rc::new(on_event),
        })));
        client.start_worker();
        client
    }

    /// The answer to `ask`: about the last review that was done, unless it asks for another.
    pub async fn ask(&self, ask: Ask) -> Result<Answer, WorkerError> {
        let (asker, answer) = oneshot::channel();
        self.send(ask, asker);
        answer.await.unwrap_or(Err(WorkerError::Stopped))
    }

    /// Ends the review that goes on; the last one that was done stays.
    pub fn stop(&self) {
        let reviews = {
            let state = self.0.borrow();
            let mut waiting = state.waiting.values();
            matches!(state.engine, Engine::Worker { .. })
                && waiting.any(|waiting| {
                    waiting.asker.is_some() && matches!(waiting.request.ask, Ask::Review(_))
                })
        };
        if reviews {
            self.restart(&WorkerError::Stopped);
        }
    }

    fn send(&self, ask: Ask, asker: oneshot::Sender<Result<Answer, WorkerError>>) {
        let request = {
            let mut state = self.0.borrow_mut();
            let generation = match (&ask, &state.kept) {
                (Ask::Review(_), _) => {
                    state.last_generation += 1;
                    state.last_generation
                }
                (_, Some(kept)) => kept.generation,
                (_, None) => 0,
            };
            state.last_number += 1;
            Request {
                number: state.last_number,
                generation,
                ask,
            }
        };
        self.deliver(Waiting {
            request,
            asker: Some(asker),
        });
    }

    fn deliver(&self, waiting: Waiting) {
        let number = waiting.request.number;
        let sent = match &self.0.borrow().engine {
            Engine::Worker { line, .. } => line.send(&waiting.request),
            Engine::Page(_) | Engine::None => {
                let client = self.clone();
                Timeout::new(DRAW_FIRST_MS, move || client.answer_on_page(number)).forget();
                Ok(())
            }
        };
        self.0.borrow_mut().waiting.insert(number, waiting);
        if let Err(error) = sent {
            self.settle(number, Err(error));
        }
    }

    fn start_worker(&self) {
        let on_reply = {
            let client = self.clone();
            move |reply| {
                let client = client.clone();
                // Later, since the line may be closed by it.
                spawn_local(async move { client.hear(reply) });
            }
        };
        let on_failure = {
            let client = self.clone();
            move |reason| {
                let client = client.clone();
                spawn_local(async move { client.fail(reason) });
            }
        };
        match Line::open(on_reply, on_failure) {
            Ok(line) => self.0.borrow_mut().engine = Engine::Worker { line, ready: false },
            Err(reason) => self.go_on_page(reason),
        }
    }

    fn hear(&self, reply: Reply) {
        match reply.news {
            News::Ready => {
                if let Engine::Worker { ready, .. } = &mut self.0.borrow_mut().engine {
                    *ready = true;
                }
            }
            News::Stage(stage) => self.tell_stage(reply.number, stage),
            News::Answer(answer) => self.settle(reply.number, Ok(answer)),
            News::Panicked(message) => self.fail(message),
        }
    }

    fn fail(&self, reason: String) {
        let started = matches!(self.0.borrow().engine, Engine::Worker { ready: true, .. });
        if started {
            self.restart(&WorkerError::Crashed(reason));
        } else {
            self.go_on_page(reason);
        }
    }

    /// Ends the worker, tells those who wait why, and repeats the last review in another.
    fn restart(&self, error: &WorkerError) {
        let (ended, waiting) = {
            let mut state = self.0.borrow_mut();
            let ended = std::mem::replace(&mut state.engine, Engine::None);
            (ended, std::mem::take(&mut state.waiting))
        };
        drop(ended);
        self.start_worker();
        let repeats = waiting.values().any(|waiting| waiting.asker.is_none());
        if repeats && *error != WorkerError::Stopped {
            // What failed once on being repeated would fail again.
            self.0.borrow_mut().kept = None;
            self.tell(Event::Lost);
        }
        self.repeat_kept();
        for asker in waiting.into_values().filter_map(|waiting| waiting.asker) {
            // An asker that has gone away needs no answer.
            let _ = asker.send(Err(error.clone()));
        }
    }

    fn repeat_kept(&self) {
        let request = {
            let mut state = self.0.borrow_mut();
            state.last_number += 1;
            let number = state.last_number;
            state.kept.clone().map(|kept| Request { number, ..kept })
        };
        if let Some(request) = request {
            self.deliver(Waiting {
                request,
                asker: None,
            });
        }
    }

    fn go_on_page(&self, reason: String) {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.engine = Engine::Page(Box::default());
            std::mem::take(&mut state.waiting)
        };
        self.tell(Event::OnPage(reason));
        for waiting in waiting.into_values() {
            self.deliver(waiting);
        }
    }

    fn answer_on_page(&self, number: u32) {
        let answer = {
            let state = &mut *self.0.borrow_mut();
            let (Engine::Page(handler), Some(waiting)) =
                (&mut state.engine, state.waiting.get(&number))
            else {
                return;
            };
            handler.answer(waiting.request.clone(), &mut |_| {})
        };
        self.settle(number, Ok(answer));
    }

    fn settle(&self, number: u32, answer: Result<Answer, WorkerError>) {
        let Some(waiting) = self.0.borrow_mut().waiting.remove(&number) else {
            return;
        };
        if let Ok(Answer::Reviewed(_)) = answer {
            self.0.borrow_mut().kept = Some(waiting.request);
        }
        if let Some(asker) = waiting.asker {
            // An asker that has gone away needs no answer.
            let _ = asker.send(answer);
        }
    }

    fn tell_stage(&self, number: u32, stage: Stage) {
        let asked = self
            .0
            .borrow()
            .waiting
            .get(&number)
            .is_some_and(|waiting| waiting.asker.is_some());
        if asked {
            self.tell(Event::Stage(stage));
        }
    }

    fn tell(&self, event: Event) {
        let on_event = self.0.borrow().on_event.clone();
        on_event(event);
    }
}
