#include "bot/app.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "adapters/console/console_adapter.h"
#include "adapters/slack/slack_adapter.h"
#include "adapters/telegram/telegram_adapter.h"
#include "adapters/transport/http_server.h"
#include "bot/clock.h"
#include "bot/command_line_options.h"
#include "bot/engine.h"
#include "bot/health.h"
#include "bot/instance_lock.h"
#include "bot/logging.h"
#include "bot/metrics.h"
#include "bot/post_check.h"
#include "bot/retention.h"
#include "bot/router.h"
#include "bot/secrets.h"
#include "bot/x_platform.h"
#include "commands/all.h"
#include "commands/matching/pool.h"
#include "config/resources.h"
#include "storage/jobs.h"
#include "storage/migrations.h"
#include "storage/updates.h"

namespace osrbot {
namespace {

constexpr std::size_t server_threads = 4;  // of cpprest: its default of 40 would cost memory for nothing

/// The signals that end the bot, kept from every thread and taken one by one by the main thread.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    // A terminal that is closed stops the bot in order too, unless nohup or its like ignores it.
    struct sigaction hangup {};
    if (sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler != SIG_IGN) sigaddset(&set_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    signal(SIGPIPE, SIG_IGN);  // a peer that hangs up is an error of that connection, not of the program
  }

  /// Waits for the next one.
  int next() const {
    int number = 0;
    sigwait(&set_, &number);
    return number;
  }

  /// Makes next() return, from any thread.
  static void raise() { kill(getpid(), SIGTERM); }

 private:
  sigset_t set_;
};

std::filesystem::path existing_resources(const Config& config, const std::filesystem::path& program) {
  auto directory = resource_directory(config.resources, program);
  if (!directory) throw std::runtime_error(directory.error());
  return *directory;
}

matching::IncomeGroups income_groups(const Config& config, const std::filesystem::path& resources) {
  const std::string& own = config.matching.income_file;
  return matching::IncomeGroups::load(own.empty() ? resources / "income_groups.json" : std::filesystem::path(own));
}

/// Where somebody talks with the bot at the console, good news would stand among the conversation.
LogConfig log_beside_conversation(const Config& config) {
  LogConfig log = config.log;
  if (config.console_enabled()) log.level = std::max(log.level, LogConfig::Level::warning);
  return log;
}

class App {
 public:
  App(const Config& config, const std::filesystem::path& program)
      : config_(config),
        logging_(log_beside_conversation(config),
                 {config.telegram.token, config.telegram.webhook.secret, config.secret.key, config.slack.bot_token,
                  config.slack.app_token, config.slack.signing_secret, config.slack.client_secret,
                  config.x.client_secret, config.x.bearer_token, config.x.consumer_secret, config.x.access_secret}),
        log_(logging_.log("bot")),
        lock_(config.database.path),
        db_(config.database.path, storage::Connection::Mode::read_write),
        resources_(existing_resources(config, program)),
        words_(
            Catalogue::open(resources_ / "locales", [this](const std::string& line) { log_(LogLevel::error, line); })),
        vocabulary_(resources_, {config.posts.lexicon_files.begin(), config.posts.lexicon_files.end()}),
        pool_(income_groups(config, resources_), config.matching),
        router_(config, words_, vocabulary_, pool_, all_commands(), all_timers(), all_dialogues()),
        engine_(db_, router_, clock_, {logging_.log("engine"), metrics_, readiness_},
                {.batch_size = static_cast<std::size_t>(config.engine.batch_size),
                 .results_pause = std::chrono::milliseconds(10),
                 .rest_pause = std::chrono::milliseconds(10)}),
        secrets_(
            config.secret, [this](const auto& work) { engine_.with_database(work); }, clock_),
        x_([this](const auto& work) { engine_.with_database(work); }, secrets_, clock_) {
    if (const int steps = storage::migrate(db_, clock_.now()); steps > 0) {
      log_(LogLevel::info, fmt::format("database {}: {} migrations applied", config.database.path, steps));
    }
    // Words of the operator's own that make no sense are to be known now, and not with the first message.
    if (!config.posts.lexicon_files.empty()) vocabulary_.lexicon();
    if (std::ranges::count(words_.languages(), config.language) == 0) {
      log_(LogLevel::warning,
           fmt::format("there are no texts in \"{}\" (language); the bot speaks English", config.language));
    }
    pool_.build_in_background(config.database.path);
    plan_retention();
    plan_post_check();
    renew_secrets();
    if (config.http.enabled() || config.slack.enabled()) set_server_threads(server_threads);
    if (config.telegram.enabled()) {
      auto adapter = std::make_unique<telegram::TelegramAdapter>(config.telegram, logging_.log("telegram"));
      telegram_ = adapter.get();
      add(std::move(adapter));
    }
    if (config.slack.enabled()) {
      auto adapter = std::make_unique<slack::SlackAdapter>(config.slack, &secrets_, logging_.log("slack"));
      slack_ = adapter.get();
      add(std::move(adapter));
    }
    if (config.x.enabled()) add(x_.make_adapter(config, logging_.log("x")));
    if (config.console_enabled()) add(std::make_unique<console::ConsoleAdapter>(console::open_terminal(stdin, stdout)));
    if (config.http.enabled()) serve();
  }

  int run() {
    std::jthread engine([this](std::stop_token stop) { run_engine(std::move(stop)); });
    std::vector<std::jthread> receivers;
    for (const auto& adapter : adapters_) {
      receivers.emplace_back([this, &adapter = *adapter](std::stop_token stop) { receive(adapter, std::move(stop)); });
    }
    if (server_) server_->start();
    log_(LogLevel::info, "started");

    const int signal = signals_.next();
    log_(LogLevel::info, ends_itself_ ? "stopping" : fmt::format("stopping: {}", strsignal(signal)));
    readiness_.report("bot", "stopping");
    engine_.wait_no_longer();
    if (server_) server_->stop();
    for (std::jthread& receiver : receivers) receiver.request_stop();
    receivers.clear();
    engine.request_stop();
    engine.join();
    adapters_.clear();  // before the engine, whom the last results of their sends still reach
    log_(LogLevel::info, "stopped");
    return exit_code_;
  }

 private:
  void plan_retention() {
    storage::jobs::plan(db_, retention_job, retention_job, clock_.now());
    router_.on_timer(retention_job, [](const Voice& voice, const std::string&) {
      run_retention(voice.db, voice.house.config, voice.now);
    });
  }

  void renew_secrets() {
    // The engine does not run yet: the database is still this thread's own.
    SealedSecrets secrets(
        config_.secret, [this](const auto& work) { work(db_); }, clock_);
    if (const auto renewed = secrets.renew(); renewed > 0) {
      log_(LogLevel::info, fmt::format("{} secrets are encrypted with the new secret.key", renewed));
    }
  }

  void plan_post_check() {
    storage::jobs::plan_once(db_, post_check_job, post_check_job, clock_.now());
    router_.on_timer(post_check_job, [this](const Voice& voice, const std::string&) {
      std::vector<Adapter*> all;
      for (const auto& adapter : adapters_) all.push_back(adapter.get());
      run_post_check(voice.db, all, voice.now);
    });
  }

  void add(std::unique_ptr<Adapter> adapter) {
    engine_.add_relay(*adapter, {});
    router_.add_platform(adapter->name(), adapter->capabilities());
    cursors_.push_back(storage::updates::cursor(db_, adapter->name()));
    adapters_.push_back(std::move(adapter));
  }

  void serve() {
    server_ = std::make_unique<HttpServer>(
        HttpServerOptions{.address = config_.http.host(), .port = config_.http.port()}, logging_.log("http"));
    route_health(*server_, readiness_, metrics_, [this] { collect(); });
    if (slack_) {
      for (auto& [path, handler] : slack_->routes()) server_->route(path, std::move(handler));
    }
    if (telegram_ && config_.telegram.mode == TelegramConfig::Mode::webhook) {
      server_->route(config_.telegram.webhook.path(), telegram_->webhook_handler());
    }
  }

  void collect() {
    if (telegram_) collect(telegram_->counts());
    if (slack_) collect(slack_->counts());
    x_.collect(metrics_);
  }

  void set(const char* name, const char* help, std::uint64_t count) { metrics_.counter(name, help).set(count); }

  void collect(const slack::Counts& counts) {
    set("osrbot_slack_connections_total", "Sockets that Slack greeted.", counts.connections);
    set("osrbot_slack_envelopes_total", "What came over sockets.", counts.envelopes);
    set("osrbot_slack_requests_total", "What came over HTTP with a good signature.", counts.requests);
    set("osrbot_slack_forged_total", "What came over HTTP with a bad or stale signature.", counts.forged);
    set("osrbot_slack_unreadable_total", "What made no sense.", counts.unreadable);
  }

  void collect(const telegram::Counts& counts) {
    set("osrbot_telegram_polls_total", "getUpdates that were answered.", counts.polls);
    set("osrbot_telegram_poll_failures_total", "getUpdates that were refused or not answered.", counts.poll_failures);
    set("osrbot_telegram_updates_total", "Update objects that came in.", counts.updates);
    set("osrbot_telegram_unreadable_total", "Update objects that made no sense.", counts.unreadable);
    set("osrbot_telegram_forged_total", "Webhook calls without the right secret.", counts.forged);
  }

  void run_engine(std::stop_token stop) {
    try {
      engine_.run(std::move(stop), std::chrono::seconds(config_.engine.shutdown_grace_seconds));
    } catch (const std::exception& error) {
      log_(LogLevel::error, fmt::format("the database is beyond repair: {}", error.what()));
      fail(exit_code::failure);
    }
  }

  void receive(Adapter& adapter, std::stop_token stop) {
    const std::string name(adapter.name());
    bool heard_anything = false;
    try {
      // Menus are in every language, whoever speaks it: read for this alone, and let go.
      adapter.publish([this] { return router_.menus(Catalogue::load(resources_ / "locales", "help.")); });
      adapter.receive(stop, cursor_of(adapter), [&](Batch batch) {
        heard_anything = heard_anything || !batch.updates.empty();
        return engine_.deliver(std::move(batch));
      });
    } catch (const std::exception& error) {
      if (stop.stop_requested()) return log_(LogLevel::warning, fmt::format("{}: {}", name, error.what()));
      log_(LogLevel::error, fmt::format("{} does not work: {}", name, error.what()));
      readiness_.report(name, error.what());
      if (adapters_.size() == 1) fail(exit_code::configuration);
      return;
    }
    // The console's input has ended: that is all when there is nothing else to wait for.
    if (stop.stop_requested() || adapters_.size() > 1) return;
    if (!heard_anything) {  // a service whose token did not reach it, and not a conversation
      log_(LogLevel::warning,
           "no platform is configured, and nobody is at the console; telegram.token (OSRBOT_TELEGRAM_TOKEN), "
           "slack or x in the configuration connect the bot");
    }
    end();
  }

  const std::string& cursor_of(const Adapter& adapter) const {
    for (std::size_t i = 0; i < adapters_.size(); ++i) {
      if (adapters_[i].get() == &adapter) return cursors_[i];
    }
    throw std::logic_error("an adapter that was never added");
  }

  void fail(int code) {
    exit_code_ = code;
    end();
  }

  void end() {
    ends_itself_ = true;
    Signals::raise();
  }

  const Signals signals_;
  const Config& config_;
  Logging logging_;
  Log log_;
  SystemClock clock_;
  Metrics metrics_;
  Readiness readiness_;
  InstanceLock lock_;
  storage::Connection db_;
  std::filesystem::path resources_;
  Catalogue words_;
  Vocabulary vocabulary_;
  matching::Pool pool_;
  Router router_;
  Engine engine_;
  SealedSecrets secrets_;  ///< for adapters, once the engine runs
  XPlatform x_;
  std::vector<std::unique_ptr<Adapter>> adapters_;
  telegram::TelegramAdapter* telegram_ = nullptr;  ///< among adapters_, if it is configured
  slack::SlackAdapter* slack_ = nullptr;           ///< likewise
  std::vector<std::string> cursors_;               ///< of adapters_, as they were at the start
  std::unique_ptr<HttpServer> server_;
  std::atomic<int> exit_code_{exit_code::success};
  std::atomic<bool> ends_itself_ = false;
};

}  // namespace

int run_bot(const Config& config, const std::filesystem::path& program) {
  App app(config, program);
  return app.run();
}

}  // namespace osrbot
